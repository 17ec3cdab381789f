/** One random policy, its zones, and requests one after the other: the proxy's own code against the oracle. */
import { signEdgeGrid } from "../../src/akamai/edgegrid-sign";
import { SharedDeadline } from "../../src/platform/deadline";
import { silentLogger } from "../../src/platform/log";
import type { AuditEntry } from "../../src/proxy/audit";
import { localCoordination } from "../../src/proxy/coordination/local-coordination";
import { answer } from "../../src/proxy/http/answer";
import { Authenticator } from "../../src/proxy/identity/authenticate";
import { ClientSecrets, deriveCredentials, parseMasterKey } from "../../src/proxy/identity/client-secret";
import { ReplayGuard } from "../../src/proxy/identity/replay-guard";
import { RequestRate } from "../../src/proxy/identity/request-rate";
import { SeenRecordSets } from "../../src/proxy/merge/seen-record-sets";
import type { ProxyParts } from "../../src/proxy/operations/call";
import { parsePolicyFile } from "../../src/proxy/policy-file/parse-policy-file";
import { ZoneWriters } from "../../src/proxy/zone-writers";
import { differencesOf, type Answered } from "./differences";
import type { Dice } from "./dice";
import { clients, randomGrants, randomZones } from "./generate-world";
import { randomRequest, type RandomRequest } from "./generate-request";
import { judgeRequest, type Expectation } from "./judge-request";
import { MemoryEdgeDns } from "./memory-edge-dns";
import { contentOf } from "./judge-write";
import { placeOf, type StandingSet } from "./model";
import { Shown } from "./shown";
import type { Tally } from "./tally";

const masterKey = parseMasterKey("a master key of the oracle, long enough for anybody", "the oracle");
const host = "adp.example.test";
const readDeadline = new SharedDeadline(60_000);
const retryPolicy = { attempts: 3, firstDelayMs: 1, maxDelayMs: 1 };

export async function runWorld(dice: Dice, requests: number, tally: Tally): Promise<void> {
  const grants = randomGrants(dice);
  const file = {
    listen: { port: 0, insecurePlainHttp: true, names: [host] },
    masterKey: { env: "KEY" },
    audit: { file: "audit.jsonl" },
    clients: clients.map((name) => ({ name, tokens: [tokenOf(name)], requestsPerMinute: 1_000_000 })),
    grants,
  };
  const { policy } = parsePolicyFile(JSON.stringify(file), "oracle.yaml");
  const clock = { now: () => new Date("2026-11-22T12:00:00Z") };
  const coordination = localCoordination(clock);
  const edgeDns = new MemoryEdgeDns(randomZones(dice));
  const audited: AuditEntry[] = [];
  const parts: ProxyParts = {
    policy,
    upstream: edgeDns.upstream,
    coordination,
    writers: new ZoneWriters({}, coordination.zones),
    seen: new SeenRecordSets(coordination.memories),
    audit: { write: async (entry) => void audited.push(entry) },
    logger: silentLogger,
    clock,
    writeRetryPolicy: retryPolicy,
    readDeadline,
    sleep: async () => undefined,
  };
  const authenticator = new Authenticator({
    policy,
    secrets: new ClientSecrets({ current: masterKey }),
    names: [host],
    replays: new ReplayGuard(coordination.replays),
    rate: new RequestRate(clock),
    clock,
    onPreviousKey: () => undefined,
  });
  const shown = new Shown();
  const history: string[] = [];
  for (let number = 0; number < requests; number++) {
    const request = randomRequest(dice, grants, edgeDns.zones as Map<string, never>);
    const expected = judgeRequest({ grants, zones: edgeDns.zones, shown }, request, request);
    const before = snapshot(edgeDns);
    edgeDns.asked.length = edgeDns.writes.length = audited.length = 0;
    const { method, target, client, connection } = request;
    const credentials = { ...deriveCredentials(masterKey, tokenOf(client)), host };
    const body = Buffer.from(request.body);
    const authorization = signEdgeGrid(credentials, { method, target, body }, { clock, nonce: () => String(number) });
    const raw = { method, target, host, authorization, body, remoteAddress: "192.0.2.7", connection };
    const { reply } = await answer(parts, authenticator, raw);
    const answered: Answered = {
      reply,
      before,
      after: snapshot(edgeDns),
      asked: [...edgeDns.asked],
      writes: [...edgeDns.writes],
      audited: [...audited],
    };
    const differences = differencesOf(expected, answered);
    if (differences.length > 0)
      tally.differ({ grants, request, expected, answered, differences, history: [...history] });
    history.push(`${connection} ${method} ${target} ${request.body} -> ${reply.status}`);
    tally.count(grants, expected, request, audited);
    remember(shown, expected, answered, request);
  }
}

const tokenOf = (client: string) => `akab-${Buffer.from(client).toString("hex").padStart(40, "0")}`;

/** What the client has learnt from an answer. */
function remember(
  shown: Shown,
  { place, listed, isMerged, built }: Expectation,
  { reply, before, after }: Answered,
  request: RandomRequest,
) {
  const { client, connection, method } = request;
  for (const { name, type, texts } of listed?.sets ?? [])
    shown.show({ client, zone: listed?.zone ?? "", name, type }, connection, texts);
  if (place === undefined) return;
  const key = placeOf(place.name, place.type);
  const at = { ...place, client };
  const stands = after.get(place.zone)?.get(key);
  if (method === "GET" && [200, 404].includes(reply.status)) shown.show(at, connection, stands?.texts ?? []);
  if (method === "GET" || reply.status >= 300 || !isMerged || built === undefined) return;
  const values = (set: StandingSet | undefined) => contentOf(set, place.type)?.values ?? new Set<string>();
  shown.write(at, values(before.get(place.zone)?.get(key)), values(stands), built);
}

function snapshot({ zones }: MemoryEdgeDns) {
  return new Map([...zones].map(([zone, state]) => [zone, new Map(state)]));
}
