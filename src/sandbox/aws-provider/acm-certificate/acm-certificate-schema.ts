/** Schema and rules of `aws_acm_certificate`, as hashicorp/aws 6 documents them. */
import {
  bool,
  computed,
  defineSchema,
  list,
  listBlock,
  map,
  matching,
  object,
  oneOf,
  optional,
  optionalComputed,
  required,
  set,
  setBlock,
  string,
  type ConfigOf,
  type Diagnostics,
} from "../../../provider/schema";
import { keyAlgorithms } from "../../../certificates/key-algorithm";
import { isUnknown } from "../../../provider/wire/value";
import { refuseUnimplemented } from "../refuse-unimplemented";

const noFinalDot = matching(/[^.]$/, "a name without a final dot");

const switches = ["ENABLED", "DISABLED"] as const;

export const acmCertificateSchema = defineSchema({
  description: "Sandbox stand-in for aws_acm_certificate of hashicorp/aws.",
  attributes: {
    arn: computed(string),
    certificate_authority_arn: optional(string, { requiresReplace: true }),
    certificate_body: optional(string),
    certificate_chain: optional(string),
    domain_name: optionalComputed(string, { requiresReplace: true, validate: noFinalDot }),
    // Members of a set cannot be computed one by one here; the whole set is.
    domain_validation_options: computed(
      set(
        object({
          domain_name: optional(string),
          resource_record_name: optional(string),
          resource_record_type: optional(string),
          resource_record_value: optional(string),
        }),
      ),
    ),
    early_renewal_duration: optional(string),
    id: optionalComputed(string),
    key_algorithm: optionalComputed(oneOf(keyAlgorithms), { requiresReplace: true }),
    not_after: computed(string),
    not_before: computed(string),
    pending_renewal: computed(bool),
    private_key: optional(string, { sensitive: true }),
    region: optionalComputed(string, { requiresReplace: true }),
    renewal_eligibility: computed(string),
    renewal_summary: computed(
      list(
        object({
          renewal_status: computed(string),
          renewal_status_reason: computed(string),
          updated_at: computed(string),
        }),
      ),
    ),
    status: computed(string),
    subject_alternative_names: optionalComputed(set(string, { each: noFinalDot }), { requiresReplace: true }),
    tags: optional(map(string)),
    tags_all: optionalComputed(map(string)),
    type: computed(string),
    validation_emails: computed(list(string)),
    validation_method: optionalComputed(oneOf(["EMAIL", "DNS", "HTTP", "NONE"]), { requiresReplace: true }),
  },
  blocks: {
    options: listBlock({
      maxItems: 1,
      attributes: {
        certificate_transparency_logging_preference: optional(oneOf(switches), { default: "ENABLED" }),
        export: optionalComputed(oneOf(switches)),
      },
    }),
    validation_option: setBlock({
      attributes: {
        domain_name: required(string, { requiresReplace: true }),
        validation_domain: required(string, { requiresReplace: true }),
      },
    }),
  },
});

/** What a certificate that is imported must leave to its content. */
const onlyRequested = ["domain_name", "key_algorithm", "subject_alternative_names", "validation_method"] as const;

export function validateAcmCertificate(config: ConfigOf<typeof acmCertificateSchema>, diagnostics: Diagnostics): void {
  const refused = ["certificate_authority_arn", "early_renewal_duration", "validation_option", "id", "tags_all"];
  refuseUnimplemented(config, refused, diagnostics);
  const { domain_name, private_key, certificate_body, validation_method } = config;
  if ((domain_name === null) === (private_key === null))
    diagnostics.error("exactly one of domain_name and private_key must be set", { path: ["domain_name"] });
  if ((private_key === null) !== (certificate_body === null))
    diagnostics.error("private_key and certificate_body belong together", { path: ["private_key"] });
  if (private_key !== null)
    for (const name of onlyRequested.filter((each) => config[each] !== null))
      diagnostics.error(`${name} conflicts with private_key`, { path: [name] });
  if (domain_name !== null && !isUnknown(validation_method) && validation_method !== "DNS")
    diagnostics.error(`validation_method ${validation_method ?? "left out"} is not implemented by the stand-in`, {
      detail: "write DNS in the sandbox, or use the real provider",
      path: ["validation_method"],
    });
}
