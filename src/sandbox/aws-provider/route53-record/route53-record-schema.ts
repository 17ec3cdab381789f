/** Schema and rules of `aws_route53_record`, as hashicorp/aws 6 documents them. */
import {
  bool,
  computed,
  defineSchema,
  listBlock,
  number,
  oneOf,
  optional,
  optionalComputed,
  required,
  set,
  setBlock,
  singleBlock,
  string,
  type ConfigOf,
  type Diagnostics,
} from "../../../provider/schema";
import { refuseUnimplemented } from "../refuse-unimplemented";

const types = [
  "SOA", "A", "TXT", "NS", "CNAME", "MX", "NAPTR", "PTR", "SRV", "SPF", "AAAA", "CAA", "DS", "TLSA", "SSHFP", "SVCB",
  "HTTPS",
] as const; // prettier-ignore

/** Routing policies and aliases: declared, so that the stand-in can say that it has none. */
const refusedBlocks = {
  alias: listBlock({
    maxItems: 1,
    attributes: { evaluate_target_health: required(bool), name: required(string), zone_id: required(string) },
  }),
  cidr_routing_policy: listBlock({
    maxItems: 1,
    attributes: { collection_id: required(string), location_name: required(string) },
  }),
  failover_routing_policy: listBlock({ maxItems: 1, attributes: { type: required(string) } }),
  geolocation_routing_policy: listBlock({
    maxItems: 1,
    attributes: { continent: optional(string), country: optional(string), subdivision: optional(string) },
  }),
  geoproximity_routing_policy: listBlock({
    maxItems: 1,
    attributes: { aws_region: optional(string), bias: optional(number), local_zone_group: optional(string) },
    blocks: {
      coordinates: setBlock({ attributes: { latitude: required(string), longitude: required(string) } }),
    },
  }),
  latency_routing_policy: listBlock({ maxItems: 1, attributes: { region: required(string) } }),
  timeouts: singleBlock({
    attributes: { create: optional(string), delete: optional(string), update: optional(string) },
  }),
  weighted_routing_policy: listBlock({ maxItems: 1, attributes: { weight: required(number) } }),
};

export const route53RecordSchema = defineSchema({
  description: "Sandbox stand-in for aws_route53_record of hashicorp/aws.",
  attributes: {
    allow_overwrite: optionalComputed(bool),
    fqdn: computed(string),
    health_check_id: optional(string),
    id: optionalComputed(string),
    multivalue_answer_routing_policy: optional(bool),
    name: required(string, { requiresReplace: true }),
    records: optional(set(string)),
    set_identifier: optional(string),
    ttl: optional(number),
    type: required(oneOf(types)),
    zone_id: required(string, { requiresReplace: true }),
  },
  blocks: refusedBlocks,
});

/** Their values in every state. */
export const refusedRecordState = {
  health_check_id: null,
  multivalue_answer_routing_policy: null,
  set_identifier: null,
  alias: [],
  cidr_routing_policy: [],
  failover_routing_policy: [],
  geolocation_routing_policy: [],
  geoproximity_routing_policy: [],
  latency_routing_policy: [],
  timeouts: null,
  weighted_routing_policy: [],
} as const;

export function validateRoute53Record(config: ConfigOf<typeof route53RecordSchema>, diagnostics: Diagnostics): void {
  refuseUnimplemented(config, [...Object.keys(refusedRecordState), "id"], diagnostics);
  for (const name of ["records", "ttl"] as const)
    if (config[name] === null) diagnostics.error(`${name} must be set for a record without alias`, { path: [name] });
}
