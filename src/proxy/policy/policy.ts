/**
 * Who may do what with which records: plain data, made from the policy file, judged by `decide`. Start reading there.
 */
import { GrantsByName } from "./grants-by-name";
import type { NamePattern } from "../../dns/name-pattern";
import type { ValuePattern } from "./value-pattern";

export const actions = ["read", "create", "update", "delete"] as const;
export type Action = (typeof actions)[number];

/** Somebody who has proved by a signature to be this client. */
export interface Principal {
  /** The client's name in the policy. */
  readonly client: string;
  /** The client token that signed. */
  readonly token: string;
}

export interface Client {
  readonly name: string;
  /** Client tokens; each has its own derived secret (identity/client-secret.ts). */
  readonly tokens: readonly string[];
  /** Source networks. @default any */
  readonly cidrs?: readonly string[];
  /** From this moment on the client is refused. @default never */
  readonly expires?: Date;
  readonly requestsPerMinute: number;
  /** Who may ask for short-lived credentials of this client (identity/oidc). Empty: nobody. */
  readonly oidc: readonly OidcRule[];
}

/** Bearers of tokens of this issuer with all of these claims. */
export interface OidcRule {
  readonly issuer: string;
  /** Claim → the texts of which it must have one; `*` in a text stands for any characters. */
  readonly claims: Readonly<Record<string, readonly string[]>>;
}

export type GrantKind = "acme-challenge" | "acm-validation" | "records";

export interface TtlRange {
  readonly min: number;
  readonly max: number;
}

/** One right. A request must fit into one grant as a whole: grants are not added up. */
export interface Grant {
  /** Where it stands in the policy file: `grants[0]`. */
  readonly id: string;
  readonly client: string;
  /** Canonical. */
  readonly zone: string;
  readonly kind: GrantKind;
  /** As written: certificate names for the presets, patterns for `records`. */
  readonly names: readonly string[];
  readonly recordNames: readonly NamePattern[];
  /** Upper case. */
  readonly types: readonly string[];
  readonly actions: readonly Action[];
  /** Which plain values (plain-value.ts) the client may add and take away. @default any */
  readonly values?: ValuePattern;
  /** TTLs the client may set. @default any */
  readonly ttlSeconds?: TtlRange;
  /** Whether writes are merged value by value instead of replacing the set (merge/merge-record-set.ts). */
  readonly merge: boolean;
}

export class Policy {
  private readonly byToken = new Map<string, Client>();
  private readonly byClientAndZone = new Map<string, Map<string, GrantsByName>>();

  constructor(
    readonly clients: readonly Client[],
    readonly grants: readonly Grant[],
  ) {
    for (const client of clients) for (const token of client.tokens) this.byToken.set(token, client);
    for (const grant of grants) {
      const zones = this.byClientAndZone.get(grant.client) ?? new Map<string, GrantsByName>();
      this.byClientAndZone.set(grant.client, zones);
      const inZone = zones.get(grant.zone) ?? new GrantsByName();
      inZone.add(grant);
      zones.set(grant.zone, inZone);
    }
  }

  clientOfToken(token: string): Client | undefined {
    return this.byToken.get(token);
  }

  /** Zones in which the client has any grant: those it may know of. */
  zonesOf(client: string): readonly string[] {
    return [...(this.byClientAndZone.get(client)?.keys() ?? [])];
  }

  grantsIn(client: string, zone: string): readonly Grant[] {
    return this.byClientAndZone.get(client)?.get(zone)?.all ?? [];
  }

  /** Those of `grantsIn` that are for this record name, whatever the type. */
  grantsAt(client: string, zone: string, name: string): readonly Grant[] {
    return this.byClientAndZone.get(client)?.get(zone)?.of(name) ?? [];
  }
}

/** The grants that are for this record set, whatever their actions. */
export function grantsFor(policy: Policy, client: string, zone: string, name: string, type: string): Grant[] {
  return policy.grantsAt(client, zone, name).filter((grant) => grant.types.includes(type));
}
