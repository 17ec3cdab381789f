/** The operations of `unexpired_dns_record`: our values in a set that others may share. */
import { canonicalRdata } from "../../../dns/canonical-rdata";
import { hasValue } from "../../../dns/record-set-algebra";
import { parseRecordName, parseRecordType } from "../../../dns/record-name";
import { encodeTxt } from "../../../dns/txt";
import type { Clock } from "../../../platform/clock";
import { AppError } from "../../../platform/errors";
import type { OperationContext, ResourceOperations } from "../../rpc/resource";
import { engineOf } from "../engine";
import type { ProviderSettings } from "../settings";
import { dnsRecordPrivateData, type DnsRecordPrivate } from "./private-data";
import type { DnsRecordPrior, dnsRecordSchema } from "./schema";
import { ValueClaims } from "./value-claims";

export const dnsRecordOperations: ResourceOperations<typeof dnsRecordSchema, ProviderSettings, DnsRecordPrivate> = {
  privateData: dnsRecordPrivateData,

  async read({ state, private: known }, { data, signal, clock }) {
    const place = placeOf(state);
    const { client } = engineOf(data).edgeDns();
    const set = await client.getRecordSet(place.zone, place.name, place.type, { signal });
    const present = (state.values ?? []).filter((value) => set && hasValue(set, rdataOf(place.type, value)));
    if (set === undefined || present.length === 0) return null;
    await claimsOf(data, clock).settle(
      place,
      (state.values ?? []).map((value) => rdataOf(place.type, value)),
    );
    const onlyOurs = set.rdata.length === present.length;
    const ttl_seconds = onlyOurs ? set.ttlSeconds : (state.ttl_seconds ?? set.ttlSeconds);
    return {
      state: {
        ...state,
        ...place,
        values: present,
        ttl_seconds,
        keep_on_destroy: state.keep_on_destroy ?? false,
        id: idOf(place),
      },
      private: known ?? { foreign: [] },
    };
  },

  async create({ planned }, context) {
    const place = placeOf(planned);
    const { editor } = engineOf(context.data).edgeDns();
    const values = planned.values.map((value) => rdataOf(place.type, value));
    const { signal } = context;
    const own = await claimOwn(place, values, context);
    const { alreadyThere } = await editor.addValues({ ...place, values, ttlSeconds: planned.ttl_seconds, signal });
    const foreign = alreadyThere.filter((value) => !own.includes(value));
    return { state: { ...planned, id: idOf(place) }, private: { foreign } };
  },

  async update({ prior, planned, private: known }, context) {
    const place = placeOf(planned);
    const { editor } = engineOf(context.data).edgeDns();
    const { signal } = context;
    const foreign = known?.foreign ?? [];
    const before = prior.values.map((value) => rdataOf(place.type, value));
    const after = planned.values.map((value) => rdataOf(place.type, value));
    const gone = before.filter((value) => !after.includes(value) && !foreign.includes(value));
    const ttlSeconds = planned.ttl_seconds;
    const own = await claimOwn(place, after, context);
    const { alreadyThere } = await editor.addValues({ ...place, values: after, instead: gone, ttlSeconds, signal });
    const found = alreadyThere.filter((value) => !before.includes(value) && !own.includes(value));
    return { state: { ...planned, id: idOf(place) }, private: { foreign: [...new Set([...foreign, ...found])] } };
  },

  async delete({ state, private: known }, context) {
    const place = placeOf(state);
    if (state.keep_on_destroy === true)
      return context.diagnostics.warning(`${idOf(place)} stays in DNS: ${(state.values ?? []).join(", ")}`, {
        detail: "keep_on_destroy is set; remove the values by hand once nothing needs them",
      });
    const { editor } = engineOf(context.data).edgeDns();
    const foreign = known?.foreign ?? [];
    const values = (state.values ?? [])
      .map((value) => rdataOf(place.type, value))
      .filter((value) => !foreign.includes(value));
    if (values.length > 0) await editor.removeValues({ ...place, values, signal: context.signal });
    const kept = (state.values ?? []).length - values.length;
    if (kept > 0)
      context.diagnostics.warning(`${kept} of the values of ${idOf(place)} stay in DNS`, {
        detail: "they were there before this resource was; remove them by hand if nothing needs them",
      });
  },

  async importState(id) {
    const [zone, name, type, ...value] = id.split("/");
    if (!zone || !name || !type || value.length === 0)
      throw new AppError("invalid_argument", `"${id}" is not an import ID of a record`, {
        hint: "write zone/name/type/value, for example example.gov/www.example.gov/CNAME/target.example.net",
      });
    const place = { zone: parseRecordName(zone), name: parseRecordName(name), type: parseRecordType(type) };
    return { state: { ...place, values: [value.join("/")] }, private: { foreign: [] } };
  },
};

/** Claims the values that are not there yet; of those that are, gives the ones an earlier run had claimed. */
async function claimOwn(place: Place, values: readonly string[], context: OperationContext<ProviderSettings>) {
  const { data, clock, signal } = context;
  const set = await engineOf(data).edgeDns().client.getRecordSet(place.zone, place.name, place.type, { signal });
  const isThere = (value: string) => set !== undefined && hasValue(set, value);
  const claims = claimsOf(data, clock);
  const claimed = await claims.claimed(place, values.filter(isThere));
  await claims.claim(
    place,
    values.filter((value) => !isThere(value)),
  );
  return claimed;
}

function claimsOf({ claimsFolder }: ProviderSettings, clock: Clock): ValueClaims {
  return new ValueClaims(claimsFolder, clock);
}

interface Place {
  readonly zone: string;
  readonly name: string;
  readonly type: string;
}

/** As written by the user, who may use capitals and final dots: core demands them back unchanged. */
function placeOf({ zone, name, type }: Pick<DnsRecordPrior, "zone" | "name" | "type">): Place {
  return { zone: zone ?? "", name: name ?? "", type: type ?? "" };
}

/** In the one spelling in which values can be compared: names differ in letter case and final dot, addresses in zeros. */
function rdataOf(type: string, value: string): string {
  const upper = type.toUpperCase();
  return canonicalRdata(upper, upper === "TXT" ? encodeTxt(value) : value);
}

function idOf({ zone, name, type }: Place): string {
  return `${zone}/${name}/${type}`;
}
