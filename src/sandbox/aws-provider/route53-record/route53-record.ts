/** `aws_route53_record`: a record set of a hosted zone, with simple routing. */
import type { HostedZones } from "../../../aws/hosted-zones";
import { canonicalName, isWithinZone, type RecordSet } from "../../../dns/record-set";
import { AppError, isAppError } from "../../../platform/errors";
import { defineResource, type ResourceOperations } from "../../../provider/rpc/resource";
import { isUnknown, UNKNOWN, type StateOf } from "../../../provider/schema";
import type { StandInData } from "../stand-in-data";
import { refusedRecordState, route53RecordSchema, validateRoute53Record } from "./route53-record-schema";

type Schema = typeof route53RecordSchema;
type State = StateOf<Schema>;

/** Time to live and records are optional only for an alias, which validate refuses. */
type Written = Pick<State, "zone_id" | "name" | "type" | "ttl" | "records">;

const operations: ResourceOperations<Schema, StandInData> = {
  /** The type is a part of the ID. */
  plan: ({ proposed, prior }) =>
    Promise.resolve({
      planned: prior !== null && proposed.type !== prior.type ? { ...proposed, id: UNKNOWN } : proposed,
    }),

  async create({ planned }, { data, signal }) {
    const zones = data.aws.hostedZones();
    const set = await recordSetOf(zones, planned, signal);
    const overwrite = isUnknown(planned.allow_overwrite) ? null : planned.allow_overwrite;
    const action = overwrite === true ? "UPSERT" : "CREATE";
    const change = await zones.change(planned.zone_id, [{ action, set }], { signal });
    await zones.waitForInsync(change, { signal });
    return { state: stateOf(set, { ...planned, allow_overwrite: overwrite }) };
  },

  async read({ state }, { data, signal }) {
    const { zone_id, name, type } = state;
    if (zone_id === null || name === null || type === null)
      throw new AppError("internal", "the state of aws_route53_record names no record");
    const zones = data.aws.hostedZones();
    const written = { zone_id, name, type, ttl: state.ttl, records: state.records };
    try {
      const key = await recordSetOf(zones, written, signal);
      const found = await zones.recordSet(zone_id, key, { signal });
      return found === undefined
        ? null
        : { state: stateOf(found, { ...written, allow_overwrite: state.allow_overwrite }) };
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return null;
      throw error;
    }
  },

  async update({ prior, planned }, { data, signal }) {
    const zones = data.aws.hostedZones();
    const set = await recordSetOf(zones, planned, signal);
    const before =
      prior.type === planned.type ? undefined : await zones.recordSet(prior.zone_id, { ...set, type: prior.type });
    const remove = before === undefined ? [] : [{ action: "DELETE" as const, set: before }];
    const change = await zones.change(planned.zone_id, [...remove, { action: "UPSERT", set }], { signal });
    await zones.waitForInsync(change, { signal });
    const overwrite = isUnknown(planned.allow_overwrite) ? prior.allow_overwrite : planned.allow_overwrite;
    return { state: stateOf(set, { ...planned, allow_overwrite: overwrite }) };
  },

  async delete({ state }, { data, signal }) {
    const { zone_id, name, type, ttl, records } = state;
    if (zone_id === null || name === null || type === null) return;
    const zones = data.aws.hostedZones();
    try {
      const key = await recordSetOf(zones, { zone_id, name, type, ttl, records }, signal);
      const set = await zones.recordSet(zone_id, key, { signal });
      if (set === undefined) return;
      await zones.waitForInsync(await zones.change(zone_id, [{ action: "DELETE", set }], { signal }), { signal });
    } catch (error) {
      if (!isAppError(error, "aws_not_found") && !isGoneMeanwhile(error)) throw error;
    }
  },

  /** The name may have underscores itself. */
  importState(id) {
    const [, zone_id, name, type] = /^([^_]+)_(.*)_([A-Z]+)$/.exec(id) ?? [];
    if (!zone_id || name === undefined || !type)
      throw new AppError("invalid_argument", `"${id}" is not the ID of a record`, {
        hint: "write <zone ID>_<name>_<type>",
      });
    return Promise.resolve({ state: { id, zone_id, name, type: type as State["type"] } });
  },
};

/** Two resources may hold one record, as for an apex and its wildcard: the other one was faster. */
function isGoneMeanwhile(error: unknown): boolean {
  return isAppError(error) && error.facts.error === "InvalidChangeBatch" && /but it was not found/.test(error.message);
}

/** The name in full, whether the zone's was written or not; text in quotes. */
async function recordSetOf(zones: HostedZones, written: Written, signal: AbortSignal): Promise<RecordSet> {
  const { zone_id, name: given, type, ttl, records } = written;
  const zone = (await zones.get(zone_id, { signal })).name;
  const short = canonicalName(given);
  const name = isWithinZone(short, zone) ? short : [short, zone].filter((part) => part !== "").join(".");
  return {
    name,
    type,
    ttlSeconds: ttl ?? 0,
    rdata: (records ?? []).map((text) => (isText(type) ? `"${text}"` : text)),
  };
}

function stateOf(set: RecordSet, kept: Written & Pick<State, "allow_overwrite">): State {
  const { zone_id, name, type } = kept;
  return {
    ...refusedRecordState,
    allow_overwrite: kept.allow_overwrite,
    fqdn: set.name,
    id: `${zone_id}_${set.name}_${type}`,
    name,
    type,
    zone_id,
    ttl: set.ttlSeconds,
    records: set.rdata.map((text) => (isText(type) ? text.replace(/^"|"$/g, "") : text)),
  };
}

const isText = (type: string) => type === "TXT" || type === "SPF";

export const route53Record = defineResource<Schema, StandInData, never>({
  typeName: "aws_route53_record",
  schema: route53RecordSchema,
  validate: validateRoute53Record,
  load: () => Promise.resolve(operations),
});
