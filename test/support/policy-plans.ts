/** Plans by the provider's RPCs, with a policy, and without AWS or a CA. */
import { engineOf } from "../../src/provider/resources/engine";
import { unexpiredProvider } from "../../src/provider/resources/provider";
import { resolveSettings, type ProviderSettings } from "../../src/provider/resources/settings";
import type { CertificateState } from "../../src/provider/resources/certificate/schema";
import { UNKNOWN, type ObjectValue } from "../../src/provider/wire/value";
import { certificateState } from "./certificate-state";
import { ProviderCalls, type Answer } from "./provider-calls";

export interface PolicyPlansOptions {
  /** Holds the ledger and what the provider keeps. */
  readonly folder: string;
  /** @default a month before the certificate of `certificateState` is due */
  readonly now?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface PlanSituation {
  readonly prior?: CertificateState;
  readonly known?: Uint8Array;
  /** Of the configuration. */
  readonly names?: readonly string[];
  readonly more?: Partial<CertificateState>;
  readonly isDestroyed?: boolean;
}

export interface SaidAtPlan {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly path?: string;
}

export class PolicyPlans {
  private readonly calls: ProviderCalls;
  private names: readonly string[] = [];

  constructor({ folder, now = "2026-02-01T00:00:00Z", environment = {} }: PolicyPlansOptions) {
    const surroundings = { UNEXPIRED_LEDGER: `${folder}/ledger.jsonl`, XDG_CACHE_HOME: folder, ...environment };
    const provider = unexpiredProvider("0.0.0", (config) => resolveSettings(config, surroundings, folder));
    const inventory = { summary: async () => ({ domainNames: this.names }) };
    this.calls = new ProviderCalls(
      {
        ...provider,
        configure: async (config: never, context) => {
          const data = await provider.configure(config, context);
          Object.assign(engineOf(data as ProviderSettings), { certificates: () => ({ inventory }) });
          return data;
        },
      },
      { now: () => new Date(now) },
    );
  }

  configure(policy: object | null): Promise<Answer> {
    const nothing = { region: null, profile: null, assume_role: null, edge_dns: null, account_store: null };
    const block = policy === null ? null : { file: null, owner: null, tier: null, ...policy };
    return this.calls.configure({ ...nothing, name_servers: null, policy: block });
  }

  async certificate({ prior, known, names, more = {}, isDestroyed = false }: PlanSituation): Promise<SaidAtPlan[]> {
    const base = prior ?? certificateState();
    const { arn, serial, fingerprint, not_before, not_after, renew_at, renewal_reason, certificate_chain } = base;
    const computed = {
      ...{ arn, serial, fingerprint, not_before, not_after, renew_at, renewal_reason, certificate_chain },
    };
    const absent = Object.fromEntries(Object.keys(computed).map((name) => [name, null]));
    const unknown = Object.fromEntries(Object.keys(computed).map((name) => [name, UNKNOWN]));
    const written = { ...base, ...more, ...(names && { domain_names: names }) };
    const answer = await this.calls.plan({
      typeName: "unexpired_certificate",
      ...(prior && { prior: prior }),
      config: { ...written, ...absent },
      next: isDestroyed ? null : { ...written, ...(prior ? computed : unknown) },
      private: known,
    });
    return said(answer);
  }

  async rollout(target: {
    readonly listenerArn?: string;
    readonly classic?: { readonly name: string; readonly region?: string };
    readonly names: readonly string[];
  }): Promise<SaidAtPlan[]> {
    this.names = target.names;
    const { listenerArn = null, classic } = target;
    const [, , , region = "eu-west-1", account = "111122223333"] = listenerArn?.split(":") ?? [];
    const classic_listener = classic ? { load_balancer_name: classic.name, port: 443 } : null;
    const config: ObjectValue = {
      ...{ listener_arn: listenerArn, classic_listener, role: "default", timeouts: null, id: null },
      certificate_arn: `arn:aws:acm:${region}:${account}:certificate/0f`,
      region: classic?.region ?? null,
    };
    const next: ObjectValue = { ...config, id: UNKNOWN, region: classic?.region ?? UNKNOWN };
    return said(await this.calls.plan({ typeName: "unexpired_rollout", config, next }));
  }
}

export function privateOf(data: unknown): Uint8Array {
  return Buffer.from(JSON.stringify({ version: 1, data }));
}

function said({ diagnostics = [] }: Answer): SaidAtPlan[] {
  return diagnostics.map(({ severity, summary = "", detail = "", attribute }) => {
    const steps = attribute?.steps ?? [];
    const path = steps
      .map(({ attributeName, elementKeyInt }) => attributeName ?? `[${String(elementKeyInt)}]`)
      .join(".")
      .replaceAll(".[", "[");
    return { severity: severity === 1 ? "error" : "warning", summary, detail, ...(path !== "" && { path }) };
  });
}
