/** Schema of `unexpired_certificate` and the rules that need no network. */
import { parseDomainName } from "../../../certificates/domain-name";
import { defaultKeyAlgorithm, issuableKeyAlgorithms } from "../../../certificates/key-algorithm";
import { parseRecordName } from "../../../dns/record-name";
import { canonicalName } from "../../../dns/record-set";
import { AppError } from "../../../platform/errors";
import {
  bool,
  computed,
  defineSchema,
  isUnknown,
  list,
  map,
  number,
  object,
  oneOf,
  optional,
  optionalComputed,
  required,
  string,
  timeouts,
  type AppliedPlanOf,
  type ConfigOf,
  type Diagnostics,
  type PlanOf,
  type PriorOf,
  type StateOf,
  type Unknown,
} from "../../schema";
import { isObjectValue } from "../../wire/value";
import { checkRegion } from "../aws-arguments";
import { checkHostedZoneId, checkZone } from "./challenge-zone";

/** ACM takes at most 100 names in a certificate (ACM user guide, quotas), and so do public CAs. */
const mostNames = 100;

export const certificateSchema = defineSchema({
  description:
    "A certificate issued by an ACME CA, imported into AWS Certificate Manager, and renewed in place under the same ARN when it is due. The private key exists in memory only, until ACM has it.",
  attributes: {
    name: required(string, {
      description: "stable identity in this account and region; kept as a tag of the certificate",
      validate: checkName,
    }),
    domain_names: required(list(string, { each: parseDomainName }), {
      description: "names the certificate is for, wildcards included; each lies in one of `zones`",
      validate: checkDomainNames,
    }),
    key_algorithm: optional(oneOf(issuableKeyAlgorithms), {
      default: defaultKeyAlgorithm,
      requiresReplace: true,
      description: "key algorithm; ACM does not re-import under another one, so a change makes a new ARN",
    }),
    region: optionalComputed(string, {
      requiresReplace: true,
      validate: checkRegion,
      description: "region of the certificate; default: the provider's. CloudFront reads from us-east-1 only",
    }),
    issuer: required(
      object({
        directory_url: required(string, { description: "ACME directory of the CA", validate: checkHttpsUrl }),
        ca_file: optional(string, { description: "PEM file with the CA to trust for the directory itself" }),
        profile: optional(string, { description: "certificate profile of the CA; default: the CA's own default" }),
        preferred_chain: optional(string, {
          description: "common name of an issuer in the wanted chain, where the CA offers several",
        }),
        contact_email: optional(string, { description: "contact of the ACME account", validate: checkEmail }),
        external_account_binding: optional(
          object({
            key_id: required(string, { description: "key identifier the CA gave" }),
            hmac_key_env: optional(string, { description: "environment variable that holds the HMAC key" }),
            hmac_key_file: optional(string, { description: "file that holds the HMAC key" }),
            hmac_key_secret_arn: optional(string, { description: "ARN of the secret that holds the HMAC key" }),
          }),
          { description: "external account binding, for CAs that ask for it; exactly one place of the HMAC key" },
        ),
      }),
      { description: "the CA and what to ask of it" },
    ),
    zones: required(
      list(
        object({
          name: required(string, { description: "zone name", validate: parseRecordName }),
          type: optional(oneOf(["edge_dns", "route53"]), { default: "edge_dns", description: "who serves the zone" }),
          id: optional(string, {
            description: "ID of the hosted zone; required in Route 53, refused elsewhere",
            validate: checkHostedZoneId,
          }),
        }),
      ),
      { description: "zones in which the challenge records are written" },
    ),
    renewal: optional(
      object({
        enabled: optional(bool, { default: true, description: "false: never renew by time" }),
        ari: optional(bool, { default: true, description: "follow the CA's renewal information (RFC 9773)" }),
        days_before_expiry: optional(number, {
          description: "a fixed number of days; default: a third of the lifetime, a half under ten days",
          validate: checkDays,
        }),
      }),
      { description: "when to renew" },
    ),
    tags: optional(map(string), { description: "tags of the certificate in ACM", validate: checkTags }),
    timeouts: timeouts({ create: "30m", update: "30m", delete: "5m" }),
    arn: computed(string, { description: "ARN; a renewal keeps it" }),
    serial: computed(string, { description: "serial number, hexadecimal" }),
    fingerprint: computed(string, { description: "SHA-256 of the certificate, hexadecimal" }),
    not_before: computed(string, { description: "start of validity, RFC 3339" }),
    not_after: computed(string, { description: "end of validity, RFC 3339" }),
    renew_at: computed(string, { description: "when it was to be renewed, as known at the last apply, RFC 3339" }),
    renewal_reason: computed(string, {
      description: "why it was issued the last time: created, adopted, changed, or why it was due",
    }),
    certificate_chain: computed(string, { description: "the certificate and its intermediates, PEM; public" }),
  },
});

type Schema = typeof certificateSchema;
export type CertificateConfig = ConfigOf<Schema>;
type ZoneConfig = Exclude<CertificateConfig["zones"], Unknown>[number];
export type CertificatePlan = PlanOf<Schema>;
export type CertificateAppliedPlan = AppliedPlanOf<Schema>;
export type CertificateState = StateOf<Schema>;
export type CertificatePrior = PriorOf<Schema>;

/** Rules between attributes. */
export function validateCertificate(config: CertificateConfig, diagnostics: Diagnostics): void {
  const binding = isObjectValue(config.issuer) ? config.issuer.external_account_binding : null;
  if (isObjectValue(binding)) {
    const { hmac_key_env, hmac_key_file, hmac_key_secret_arn } = binding;
    const places = [hmac_key_env, hmac_key_file, hmac_key_secret_arn].filter((place) => place !== null);
    if (places.length !== 1)
      diagnostics.thrown(
        new AppError("invalid_argument", "external_account_binding must name exactly one place of the HMAC key", {
          hint: "set one of hmac_key_env, hmac_key_file and hmac_key_secret_arn",
        }),
        ["issuer", "external_account_binding"],
      );
  }
  if (!isUnknown(config.zones) && config.zones.length === 0)
    diagnostics.thrown(
      new AppError("invalid_argument", "zones must name at least one zone", {
        hint: "name the zones in which the challenge records are to be written",
      }),
      ["zones"],
    );
  if (!isUnknown(config.zones)) config.zones.forEach((zone, index) => validateZone(zone, index, diagnostics));
}

function validateZone(zone: ZoneConfig, index: number, diagnostics: Diagnostics): void {
  if (isUnknown(zone) || isUnknown(zone.name) || isUnknown(zone.type) || isUnknown(zone.id)) return;
  try {
    checkZone({ name: zone.name, type: zone.type ?? "edge_dns", id: zone.id });
  } catch (error) {
    diagnostics.thrown(error, ["zones", index, "id"]);
  }
}

function checkDomainNames(names: readonly string[]): void {
  if (names.length === 0) throw new AppError("invalid_argument", "a certificate needs at least one name");
  if (names.length > mostNames)
    throw new AppError("invalid_argument", `a certificate holds at most ${mostNames} names, not ${names.length}`, {
      hint: "make several certificates; a listener takes 25 beside its default",
    });
  // What is no name at all is told of the element itself.
  const canonical = names.map(canonicalName);
  const twice = canonical.find((name, index) => canonical.indexOf(name) !== index);
  if (twice !== undefined) throw new AppError("invalid_argument", `${twice} is listed twice`, { hint: "remove one" });
}

/** Values of AWS tags (AWS tagging guide: letters, digits, spaces and _ . : / = + - @, 256 at most). */
function checkName(name: string): void {
  if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u.test(name))
    throw new AppError("invalid_argument", `"${name}" cannot be kept as a tag`, {
      hint: "use up to 256 letters, digits, spaces and _ . : / = + - @",
    });
}

/** A certificate has 50 tags at most (ACM user guide, quotas), of which two are ours. */
const mostTags = 48;

function checkTags(tags: Readonly<Record<string, string>>): void {
  const count = Object.keys(tags).length;
  if (count > mostTags)
    throw new AppError("invalid_argument", `a certificate can have ${mostTags} tags beside ours, not ${count}`, {
      hint: "remove some",
    });
  for (const [key, value] of Object.entries(tags))
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) || !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value))
      throw new AppError("invalid_argument", `tag "${key}" is not one that AWS takes`, {
        hint: "use letters, digits, spaces and _ . : / = + - @; up to 128 in the key, up to 256 in the value",
      });
  const reserved = Object.keys(tags).find((key) => /^(aws:|unexpired:)/i.test(key));
  if (reserved !== undefined)
    throw new AppError("invalid_argument", `tag "${reserved}" is reserved`, { hint: "choose another key" });
}

function checkHttpsUrl(text: string): void {
  if (!URL.canParse(text) || new URL(text).protocol !== "https:")
    throw new AppError("invalid_argument", `"${text}" is not an https URL`, {
      hint: "Let's Encrypt: https://acme-v02.api.letsencrypt.org/directory",
    });
}

function checkEmail(text: string): void {
  if (!/^[^\s@,?]+@[^\s@,?]+\.[^\s@,?]+$/.test(text))
    throw new AppError("invalid_argument", `"${text}" is not one e-mail address`, { hint: "leave out mailto:" });
}

function checkDays(days: number): void {
  if (!Number.isInteger(days) || days < 1)
    throw new AppError("invalid_argument", `days_before_expiry is ${days}`, {
      hint: "give a whole number from 1, or leave it out; to stop renewals set enabled = false",
    });
}
