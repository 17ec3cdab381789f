import type { Clock } from "../../platform/clock";
import { isAppError } from "../../platform/errors";
import type { Upstream } from "../upstream/upstream";
import type { ReadinessCheck } from "./readiness";

/**
 * Whether Akamai accepts the proxy's credentials, asked every `keepMs` at most. Once it has, only a refusal changes that:
 * while Akamai is slow, busy or away, another replica has the same trouble, and clients are told so.
 */
export class UpstreamCheck implements ReadinessCheck {
  readonly hint = "Akamai does not accept the credentials of this proxy, or could not be asked yet";
  private last?: { readonly upstream: Upstream; readonly at: number; readonly verdict: Promise<void> };
  private accepted?: Upstream;

  constructor(
    /** Those in force: a reload may change them. */
    private readonly upstream: () => Upstream,
    private readonly clock: Clock,
    private readonly keepMs = 30_000,
  ) {}

  ask(signal: AbortSignal): Promise<void> {
    const upstream = this.upstream();
    const at = this.clock.now().getTime();
    if (this.last === undefined || this.last.upstream !== upstream || at - this.last.at >= this.keepMs)
      this.last = { upstream, at, verdict: this.askAkamai(upstream, signal) };
    return this.last.verdict;
  }

  private async askAkamai(upstream: Upstream, signal: AbortSignal): Promise<void> {
    try {
      await upstream.check(signal);
      this.accepted = upstream;
    } catch (error) {
      const isRefused = isAppError(error, "edge_dns_denied");
      if (isRefused) this.accepted = undefined;
      if (this.accepted !== upstream) throw error;
    }
  }
}
