/**
 * What an organisation says about its certificates. Start at `parsePolicy`, which makes one of a file or an object, and
 * `decide`, which asks it; `rules` lists what can come of that.
 */
import type { KeyAlgorithm } from "../certificates/key-algorithm";
import type { NamePattern } from "../dns/name-pattern";
import type { YamlPath } from "../platform/yaml-file/located-yaml";
import type { PolicyFile } from "./policy-shape";
import type { Action, ServingKind, Urgency, Weekday } from "./request";
import type { RuleId } from "./rules";

/** Which certificates an entry is for. Undefined: all. */
export interface Scope {
  readonly owners?: readonly string[];
  readonly tiers?: readonly string[];
}

/** Where an entry stands in the policy. */
interface Placed {
  readonly path: YamlPath;
}

export interface Issuer extends Placed {
  readonly name: string;
  readonly directoryUrl?: string;
  /** Of AWS Private CA. Neither this nor a directory: ACM. */
  readonly authorityArn?: string;
  /** Whether it is bound to the CA/Browser Forum's Baseline Requirements. */
  readonly isPublic: boolean;
}

export interface Owner extends Placed {
  readonly name: string;
  readonly contact: string;
  readonly names: readonly NamePattern[];
  /** The first is that of its certificates unless they say otherwise. Undefined: any, and none by itself. */
  readonly tiers?: readonly string[];
}

export interface CertificateEntry extends Scope, Placed {
  /** Undefined: all names. */
  readonly names?: readonly NamePattern[];
  /** Names of issuers, the preferred one first. Undefined: all of the policy's. */
  readonly issuers?: readonly string[];
  readonly profiles?: readonly string[];
  readonly keyAlgorithms?: readonly KeyAlgorithm[];
  readonly lifetimeDays?: { readonly min?: number; readonly max?: number };
}

export interface AttachmentEntry extends Scope, Placed {
  readonly accounts?: readonly string[];
  /** With `*` for any characters, as in `loadBalancers`. */
  readonly regions?: readonly string[];
  readonly kinds?: readonly ServingKind[];
  readonly loadBalancers?: readonly string[];
}

export interface Window extends Scope, Placed {
  readonly actions: readonly Action[];
  /** On which it opens. Undefined: every day. */
  readonly days?: readonly Weekday[];
  /** `HH:MM`, local. At or before `from`: on the next day. */
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

export interface Freeze extends Scope, Placed {
  readonly name: string;
  /** Included. */
  readonly from: Date;
  /** Excluded. */
  readonly to: Date;
  readonly actions: readonly Action[];
  /** What it does not hold back. */
  readonly except: readonly Urgency[];
}

export interface Waiver extends Placed {
  readonly rule: RuleId;
  readonly names: readonly NamePattern[];
  /** Who answers for it. */
  readonly owner: string;
  readonly reason: string;
  /** Excluded. */
  readonly until: Date;
}

export interface Policy {
  readonly enforcement: PolicyFile["enforcement"];
  readonly unlisted: PolicyFile["unlisted"];
  /** Undefined: any issuer. */
  readonly issuers?: readonly Issuer[];
  /** The most important one first. Undefined: any. */
  readonly tiers?: readonly string[];
  /** Undefined: ownership is not asked for. */
  readonly owners?: readonly Owner[];
  /** The first that is for a certificate decides. Undefined: what certificates are like is not asked for. */
  readonly certificates?: readonly CertificateEntry[];
  /** One must allow an attachment. Undefined: where they are attached is not asked for. */
  readonly attachments?: readonly AttachmentEntry[];
  readonly windows: readonly Window[];
  readonly freezes: readonly Freeze[];
  readonly waivers: readonly Waiver[];
  /** `policy.yaml:14`; of a policy that is an object, `policy certificates[0].issuers`. */
  readonly placeOf: (path: YamlPath) => string;
}

/** The issuer called so that a policy need not describe. */
export const acmName = "acm";

/** Whose a certificate is, as far as the policy can tell. */
export interface Whose {
  readonly owner?: string;
  readonly tier?: string;
  /** Whether nothing is wrong with owner and tier. Where something is, entries may miss it for that reason alone. */
  readonly isClear: boolean;
}

export function isInScope(scope: Scope, { owner, tier }: Pick<Whose, "owner" | "tier">): boolean {
  return (
    (scope.owners === undefined || (owner !== undefined && scope.owners.includes(owner))) &&
    (scope.tiers === undefined || (tier !== undefined && scope.tiers.includes(tier)))
  );
}

export function hasName(patterns: readonly NamePattern[], name: string): boolean {
  return patterns.some((pattern) => pattern.matches(name));
}
