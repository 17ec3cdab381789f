/**
 * Tools as they were recorded: which requests they send, in which spelling, on which connections, and how they treat
 * values of others. What their bad habits would do to a zone, the proxy has to keep from happening.
 */
import type { Agent } from "node:https";
import { EdgeDnsClient } from "../../../src/akamai/edge-dns-client";
import type { EdgeGridCredentials } from "../../../src/akamai/edgegrid-sign";
import { RecordSetEditor } from "../../../src/akamai/record-set-editor";
import { sleep as realSleep, type Sleep } from "../../../src/platform/clock";
import type { HttpClient } from "../../../src/platform/http";
import type { Send } from "../running-proxy";
import { must, rdataOf, targetOf, type StormClient, type StormPlace } from "./storm-client";

/** lego 4.9: one kept connection, a final dot in paths; takes all quotes off when it cleans up. */
export function legoLike(as: Send, agent: Agent, place: StormPlace): StormClient {
  const { name, value } = place;
  const send: Send = (method, target, body) => as(method, target, body, { agent });
  const dotted = targetOf({ ...place, name: `${name}.` });
  const read = () => must(send, [200, 404], "GET", dotted);
  return {
    kind: "lego",
    add: async () => {
      const seen = await read();
      const own = `"${value}"`;
      if (seen.status === 404)
        await must(send, [201], "POST", dotted, { name: `${name}.`, type: "TXT", ttl: 120, rdata: [own] });
      else
        await must(send, [200], "PUT", targetOf(place), {
          ...{ name, type: "TXT", ttl: 120 },
          rdata: [...rdataOf(seen), own],
        });
    },
    remove: async () => {
      const seen = await read();
      if (seen.status === 404) return;
      const rest = rdataOf(seen).flatMap((text) => (text.includes(value) ? [] : [text.replaceAll('"', "")]));
      if (rest.length === 0) await must(send, [204], "DELETE", targetOf(place));
      else await must(send, [200], "PUT", targetOf(place), { name, type: "TXT", ttl: 120, rdata: rest });
    },
  };
}

/** acme.sh: a connection for each request; walks to its zone; no quotes at all, and what has commas falls apart. */
export function acmeShLike(send: Send, place: StormPlace): StormClient {
  const { name, value } = place;
  const bare = (rdata: readonly string[]) => rdata.flatMap((text) => text.replace(/["\\]/g, "").split(","));
  const body = (rdata: readonly string[]) => ({ name, type: "TXT", ttl: 600, rdata });
  const read = async () => {
    await walkToZone(send, place);
    return must(send, [200, 404], "GET", targetOf(place));
  };
  return {
    kind: "acme.sh",
    add: async () => {
      const seen = await read();
      if (seen.status === 404) await must(send, [201], "POST", targetOf(place), body([value]));
      else await must(send, [200], "PUT", targetOf(place), body([value, ...bare(rdataOf(seen))]));
    },
    remove: async () => {
      const seen = await read();
      if (seen.status === 404) return;
      const rest = bare(rdataOf(seen)).filter((text) => text !== value);
      if (rest.length === 0) await must(send, [204, 404], "DELETE", targetOf(place));
      else await must(send, [200], "PUT", targetOf(place), body(rest));
    },
  };
}

/** certbot-plugin-edgedns: walks, keeps its connection, mixes values in quotes and without. */
export function certbotLike(as: Send, agent: Agent, place: StormPlace): StormClient {
  const { name, value } = place;
  const send: Send = (method, target, body) => as(method, target, body, { agent });
  const body = (rdata: readonly string[]) => ({ name, ttl: 600, rdata, type: "TXT" });
  const read = async () => {
    await walkToZone(send, place);
    return must(send, [200, 404], "GET", targetOf(place));
  };
  return {
    kind: "certbot",
    add: async () => {
      const seen = await read();
      if (seen.status === 404) await must(send, [201], "POST", targetOf(place), body([value]));
      else await must(send, [200], "PUT", targetOf(place), body([...rdataOf(seen), value]));
    },
    remove: async () => {
      const seen = await read();
      if (seen.status === 404) return;
      const rest = rdataOf(seen).filter((text) => !text.includes(value));
      if (rest.length === 0) await must(send, [204], "DELETE", targetOf(place));
      else await must(send, [200], "PUT", targetOf(place), body(rest));
    },
  };
}

/** Posh-ACME: a connection for each request, looks its zone up in a list, writes the TTL as text in indented JSON. */
export function poshAcmeLike(send: Send, place: StormPlace): StormClient {
  const { zone, name, value } = place;
  const body = (rdata: readonly string[]) => JSON.stringify({ name, type: "TXT", ttl: "60", rdata }, null, 2);
  const read = async () => {
    const { json } = await must(send, [200], "GET", `/config-dns/v2/zones?search=${zone}&types=primary&showAll=true`);
    const { zones } = json as { zones: { zone: string }[] };
    if (!zones.some((each) => each.zone === zone)) throw new Error(`Posh-ACME finds no zone ${zone}`);
    return must(send, [200, 404], "GET", targetOf(place));
  };
  return {
    kind: "Posh-ACME",
    add: async () => {
      const seen = await read();
      if (seen.status === 404) await must(send, [201], "POST", targetOf(place), body([value]));
      else await must(send, [200], "PUT", targetOf(place), body([...rdataOf(seen), value]));
    },
    remove: async () => {
      const seen = await read();
      if (seen.status === 404) return;
      const rest = rdataOf(seen).filter((text) => text !== `"${value}"`);
      if (rest.length === 0) await must(send, [204], "DELETE", targetOf(place));
      else await must(send, [200], "PUT", targetOf(place), body(rest));
    },
  };
}

/** What the provider and manage-certs use. */
export function ourOwn(credentials: EdgeGridCredentials, http: HttpClient, place: StormPlace): StormClient {
  const { zone, name, value } = place;
  const sleep: Sleep = (ms, signal) => realSleep(Math.min(ms, 50), signal);
  const editor = new RecordSetEditor({ client: new EdgeDnsClient({ credentials, http, sleep }), sleep });
  const change = { zone, name, type: "TXT", values: [`"${value}"`] };
  return {
    kind: "unexpired",
    add: async () => void (await editor.addValues({ ...change, ttlSeconds: 60 })),
    remove: async () => void (await editor.removeValues(change)),
  };
}

/** The name first, then one label less each time, until a zone is there. */
async function walkToZone(send: Send, { zone, name }: StormPlace): Promise<void> {
  const labels = name.split(".");
  for (let at = 1; at < labels.length; at++) {
    const candidate = labels.slice(at).join(".");
    const { status } = await must(send, [200, 404], "GET", `/config-dns/v2/zones/${candidate}`);
    if (status === 200 && candidate === zone) return;
    if (status === 200) throw new Error(`${candidate} is not the zone of ${name}`);
  }
  throw new Error(`no zone for ${name}`);
}
