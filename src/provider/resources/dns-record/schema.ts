/** Schema of `unexpired_dns_record` and the rules that need no network. */
import { parseRecordName, parseRecordType } from "../../../dns/record-name";
import { isWithinZone } from "../../../dns/record-set";
import { AppError } from "../../../platform/errors";
import {
  bool,
  computed,
  defineSchema,
  isUnknown,
  optional,
  required,
  set,
  string,
  number,
  timeouts,
  type ConfigOf,
  type Diagnostics,
  type PriorOf,
  type StateOf,
} from "../../schema";

export const dnsRecordSchema = defineSchema({
  description:
    "Values of one record set in Edge DNS. Adds and removes its own values only: values that others put into the same set stay as they are and are never drift.",
  attributes: {
    zone: required(string, {
      description: "zone that holds the name",
      requiresReplace: true,
      validate: parseRecordName,
    }),
    name: required(string, {
      description: "full name of the record",
      requiresReplace: true,
      validate: parseRecordName,
    }),
    type: required(string, {
      description: "record type, such as TXT or CNAME",
      requiresReplace: true,
      validate: parseRecordType,
    }),
    values: required(set(string), {
      description: "values to keep in the set; for TXT the text itself, without quotes",
      validate: checkValues,
    }),
    ttl_seconds: optional(number, {
      default: 60,
      description: "TTL; it is set only while every value of the set is ours",
      validate: checkTtl,
    }),
    keep_on_destroy: optional(bool, {
      default: false,
      description: "leave the values in DNS when the resource is destroyed; a warning names them",
    }),
    timeouts: timeouts({ create: "10m", update: "10m", delete: "10m" }),
    id: computed(string, { description: "zone/name/type" }),
  },
});

export type DnsRecordState = StateOf<typeof dnsRecordSchema>;
export type DnsRecordPrior = PriorOf<typeof dnsRecordSchema>;

export function validateDnsRecord(config: ConfigOf<typeof dnsRecordSchema>, diagnostics: Diagnostics): void {
  const { zone, name, type, values } = config;
  if (!isUnknown(zone) && !isUnknown(name) && !isWithinZone(parseRecordName(name), parseRecordName(zone)))
    diagnostics.thrown(
      new AppError("invalid_argument", `${name} is not in the zone ${zone}`, { hint: "correct the name or the zone" }),
      ["name"],
    );
  if (!isUnknown(type) && type.toUpperCase() === "CNAME" && !isUnknown(values) && values.length > 1)
    diagnostics.thrown(
      new AppError("invalid_argument", `a CNAME has one value, not ${values.length}`, {
        hint: "a name is an alias of one other name (RFC 1034 3.6.2)",
      }),
      ["values"],
    );
}

function checkValues(values: readonly string[]): void {
  if (values.length === 0)
    throw new AppError("invalid_argument", "values is empty", { hint: "give at least one value" });
}

/** RFC 2181 8: 31 bits. */
function checkTtl(seconds: number): void {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > 2 ** 31 - 1)
    throw new AppError("invalid_argument", `ttl_seconds is ${seconds}`, {
      hint: "give whole seconds, for example 300",
    });
}
