/**
 * The two kinds of records that certificates need, as grants. `names` are the names on the certificate; a wildcard is
 * proved at the name below it, so `*.app.example.gov` and `app.example.gov` are one record.
 */
import { canonicalName } from "../../dns/record-set";
import { exactName, labelBelow, type NamePattern } from "../../dns/name-pattern";
import type { Action, Grant, GrantKind, TtlRange } from "./policy";

export interface PresetGrant {
  readonly id: string;
  readonly client: string;
  readonly zone: string;
  readonly names: readonly string[];
  readonly actions?: readonly Action[];
  readonly ttlSeconds?: TtlRange;
  readonly merge?: boolean;
}

/** A key authorization digest: 32 octets as base64url without padding (RFC 8555 8.4). */
const challengeValue = /^[A-Za-z0-9_-]{43}$/;

/** ACM's validation record: `_<32 hex>.<name>` → `_<32 hex>.<label>.acm-validations.aws` (ACM user guide, DNS validation). */
const validationLabel = /^_[0-9a-f]{32}$/;
const validationTarget = /^_[0-9a-f]{32}\.[a-z0-9-]+\.acm-validations\.aws$/;

/** TXT values of dns-01 challenges; merged, because certificates and teams share the name. */
export function acmeChallengeGrant(preset: PresetGrant): Grant {
  const records = basesOf(preset.names).map((base) => exactName(`_acme-challenge.${base}`));
  return grantOf(preset, "acme-challenge", records, "TXT", challengeValue, ["read", "create", "update", "delete"]);
}

/**
 * ACM's validation CNAMEs. Taking one away, or overwriting it, breaks renewals of every certificate of that name, so
 * `update` and `delete` must be granted in so many words.
 */
export function acmValidationGrant(preset: PresetGrant): Grant {
  const records = basesOf(preset.names).map((base) => labelBelow(base, validationLabel, `_<32 hex>.${base}`));
  return grantOf(preset, "acm-validation", records, "CNAME", validationTarget, ["read", "create"]);
}

/** Written out, without a spread: that gives each object a hidden class of its own, and V8 reads those ten times slower. */
function grantOf(
  { id, client, zone, names, actions, ttlSeconds, merge }: PresetGrant,
  kind: Exclude<GrantKind, "records">,
  recordNames: readonly NamePattern[],
  type: string,
  values: Grant["values"],
  usualActions: readonly Action[],
): Grant {
  return {
    id,
    client,
    zone,
    kind,
    names,
    recordNames,
    types: [type],
    actions: actions ?? usualActions,
    values,
    ttlSeconds,
    merge: merge ?? true,
  };
}

function basesOf(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => canonicalName(name).replace(/^\*\./, "")))];
}
