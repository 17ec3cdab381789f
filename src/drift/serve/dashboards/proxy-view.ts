import * as z from "zod/mini";
import { HourCounts } from "./hour-counts";
import { Latest } from "./latest";

const mostListed = 100;

/** What is read of a line of akamai-dns-proxy's audit trail (docs/reference/akamai-dns-proxy.md, "Audit trail"). */
const auditShape = z.object({
  time: z.string(),
  event: z.string(),
  client: z.optional(z.string()),
  zone: z.optional(z.string()),
  name: z.optional(z.string()),
  type: z.optional(z.string()),
  verdict: z.optional(z.string()),
  reason: z.optional(z.string()),
  outcome: z.optional(z.string()),
});

/** A request that the proxy did not let pass. */
export interface Refusal {
  readonly at: Date;
  readonly client: string;
  readonly what: string;
  readonly reason: string;
}

/** What the proxy decided, from its audit trail. */
export class ProxyView {
  private readonly decisions = new HourCounts();
  private readonly refused = new Latest<Refusal>(mostListed);

  /** Lines of anything else count for nothing. */
  add(line: string): void {
    const parsed = auditShape.safeParse(valueOf(line));
    if (!parsed.success) return;
    const { time, event, client = "", zone = "", name = "", type = "", verdict, reason = "", outcome } = parsed.data;
    const at = new Date(time);
    if (event === "decision") this.decisions.add(verdict === "allow" ? "allowed" : `denied: ${reason}`, at);
    if (event === "refused") this.decisions.add(`not let in: ${reason}`, at);
    if (event === "write") this.decisions.add(`written: ${outcome ?? ""}`, at);
    if (event === "refused" || (event === "decision" && verdict === "deny"))
      this.refused.add({ at, client, what: [name || zone, type].filter((part) => part !== "").join(" "), reason });
  }

  /** By what was decided, most often first. */
  decisionsIn(now: Date, hours: number): readonly (readonly [decision: string, count: number])[] {
    return [...this.decisions.counts(now, hours)].sort(([, left], [, right]) => right - left);
  }

  /** Latest first. */
  get refusals(): readonly Refusal[] {
    return this.refused.items;
  }
}

function valueOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // a write that a crash cut off
    return undefined;
  }
}
