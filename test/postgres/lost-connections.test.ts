/** Zones in work when their connection to PostgreSQL ends, and what the next holder does. */
import type { Coordination } from "../../src/proxy/coordination/coordination";
import {
  postgresCoordination,
  type PostgresCoordinationOptions,
} from "../../src/proxy/coordination/postgres/postgres-coordination";
import { held } from "../support/coordination-contract";
import { PostgresRelay } from "../support/postgres-relay";
import { PostgresServer } from "../support/postgres-server";

const never = new AbortController().signal;
const lost = {
  code: "coordination_unavailable",
  retryable: true,
  message: expect.stringContaining("zone z is lost") as string,
};

let server: PostgresServer;
let open: Coordination[] = [];
let waits: number[] = [];
let databases = 0;
let url = "";

beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  url = await server.createDatabase(`lost${++databases}`);
});
afterEach(async () => {
  for (const each of open) await each.close();
  open = [];
  waits = [];
});

function replica(options: Partial<PostgresCoordinationOptions> = {}): Coordination {
  const sleep = async (ms: number) => void waits.push(ms);
  const coordination = postgresCoordination({ url, sleep, ...options });
  open.push(coordination);
  return coordination;
}

const endHolders = () =>
  server.run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted");

test("a holder whose connection ends is told; the next one waits for what it had sent", async () => {
  const [A, B] = [replica(), replica({ lockDelayMs: 1234 })];
  const first = held();
  const running = expect(A.zones.hold("z", never, first.operation)).rejects.toMatchObject(lost);
  await first.begun;
  await endHolders();
  await running;
  await expect(B.zones.hold("z", never, async () => "done")).resolves.toBe("done");
  expect(waits).toEqual([1234]);
  await B.zones.hold("z", never, async () => "done");
  await A.zones.hold("z", never, async () => "done");
  expect(waits).toEqual([1234]);
});

test("a next holder that does not wait long enough leaves the wait to the one after it", async () => {
  const deadline = new AbortController();
  const sleep = async () => {
    deadline.abort(new Error("no time"));
    throw deadline.signal.reason;
  };
  const [A, B, C] = [replica(), replica({ sleep }), replica()];
  const first = held();
  const running = A.zones.hold("z", never, first.operation).catch(() => undefined);
  await first.begun;
  await endHolders();
  await running;
  await expect(B.zones.hold("z", deadline.signal, first.operation)).rejects.toThrow("no time");
  await C.zones.hold("z", never, async () => undefined);
  expect(waits).toEqual([10_000]);
});

test("a row that was left long ago keeps nobody waiting", async () => {
  const A = replica();
  await A.check();
  await server.run("INSERT INTO adp.zone_holders VALUES ('z', 'gone', now() - interval '3 minutes')", url);
  await A.zones.hold("z", never, async () => undefined);
  expect(waits).toEqual([]);
});

test("a server that falls silent is noticed by the holder", async () => {
  const relay = await PostgresRelay.start(server);
  const silent = replica({
    url: server.urlOf(`lost${databases}`, "adp", relay.socketFolder),
    heartbeatMs: 20,
    answerMs: 50,
  });
  const first = held();
  const running = expect(silent.zones.hold("z", never, first.operation)).rejects.toMatchObject(lost);
  await first.begun;
  relay.freeze();
  await running;
  await relay.stop();
});

test("a holder that goes on beating keeps its zone", async () => {
  const A = replica({ heartbeatMs: 5, answerMs: 5_000 });
  const first = held();
  const running = A.zones.hold("z", never, first.operation);
  await first.begun;
  for (let beats = 0; beats < 3; beats++) await A.check();
  first.end();
  await expect(running).resolves.toBeUndefined();
});

test("the server stops and comes back: what needs it fails, then works again", async () => {
  const A = replica();
  const first = held();
  const running = expect(A.zones.hold("z", never, first.operation)).rejects.toMatchObject(lost);
  await first.begun;
  await server.pause();
  await running;
  const unavailable = { code: "coordination_unavailable", retryable: true };
  const key = { client: "c", zone: "z", name: "n", type: "TXT" };
  const read = () => A.memories.transact(key, (memory) => ({ memory, result: memory }));
  await expect(A.check()).rejects.toMatchObject(unavailable);
  await expect(A.replays.admit("k", 1000)).rejects.toMatchObject(unavailable);
  await expect(A.zones.hold("z", never, first.operation)).rejects.toMatchObject(unavailable);
  await expect(read()).rejects.toMatchObject(unavailable);
  await server.resume();
  await A.check();
  await expect(A.replays.admit("k", 1000)).resolves.toBe(true);
  await expect(A.zones.hold("z", never, async () => "done")).resolves.toBe("done");
  await expect(read()).resolves.toEqual({ views: [] });
});

test("a server that does not answer at the start is given up, and a check ends with its signal", async () => {
  const relay = await PostgresRelay.start(server);
  const silent = replica({
    url: server.urlOf("postgres", "adp", relay.socketFolder),
    connectMs: 5_000,
    statementMs: 50,
  });
  await silent.check();
  relay.freeze();
  const stopped = new AbortController();
  const check = silent.check(stopped.signal);
  stopped.abort();
  await expect(check).rejects.toMatchObject({ code: "aborted" });
  await relay.stop();
  await expect(silent.check()).rejects.toMatchObject({ code: "coordination_unavailable" });
});
