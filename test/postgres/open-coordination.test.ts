/** Starting on a database: what is made, what is a mistake, what may come later. */
import { openCoordination } from "../../src/proxy/coordination/open-coordination";
import type { Coordination } from "../../src/proxy/coordination/coordination";
import { PostgresRelay } from "../support/postgres-relay";
import { PostgresServer } from "../support/postgres-server";

let server: PostgresServer;
let open: Coordination[] = [];
let databases = 0;
let database = "";
let url = "";

beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  database = `open${++databases}`;
  url = await server.createDatabase(database);
});
afterEach(async () => {
  for (const each of open) await each.close();
  open = [];
});

async function start(postgres = url, environment: Record<string, string> = {}): Promise<Coordination> {
  const coordination = await openCoordination({ postgres }, { environment });
  open.push(coordination);
  return coordination;
}

const admits = (coordination: Coordination) => coordination.replays.admit("k", 60_000);

test("replicas that start together make the tables once", async () => {
  const replicas = await Promise.all(Array.from({ length: 8 }, () => start()));
  expect((await Promise.all(replicas.map(admits))).filter((admitted) => admitted)).toHaveLength(1);
  expect(await server.run("SELECT version FROM adp.schema_version", url)).toEqual([{ version: 1 }]);
});

test("tables of a later version are left alone", async () => {
  await start();
  await server.run("UPDATE adp.schema_version SET version = 99", url);
  await expect(start()).rejects.toMatchObject({
    code: "invalid_config",
    message: "coordination: the tables in PostgreSQL are of version 99, ours of 1",
  });
});

test("a role with no more than the documented rights serves on tables that are there, and makes none", async () => {
  const role = `least${databases}`;
  await server.run(`CREATE ROLE ${role} LOGIN`);
  await expect(start(server.urlOf(database, role))).rejects.toMatchObject({
    code: "invalid_config",
    message: expect.stringMatching(/^coordination: PostgreSQL cannot be used: permission denied/) as string,
  });
  await start();
  await server.run(
    `GRANT USAGE ON SCHEMA adp TO ${role}; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA adp TO ${role}`,
    url,
  );
  const coordination = await start(server.urlOf(database, role));
  const key = { client: "c", zone: "z", name: "n", type: "TXT" };
  const set = { name: "n", type: "TXT", ttlSeconds: 1, rdata: [] };
  expect(await admits(coordination)).toBe(true);
  expect(await coordination.zones.hold("z", new AbortController().signal, async () => "done")).toBe("done");
  await coordination.memories.transact(key, (memory) => ({ memory: { ...memory, written: set }, result: undefined }));
});

test.each([
  ["no such database", () => server.urlOf("nowhere"), 'database "nowhere" does not exist'],
  ["no such role", () => server.urlOf(database, "nobody"), 'role "nobody" does not exist'],
  ["a file that is not there", () => `${url}?sslmode=verify-full&sslrootcert=none.pem`, "no such file"],
])("%s is a mistake", async (_, wrong, message) => {
  await expect(start(wrong())).rejects.toMatchObject({
    code: "invalid_config",
    message: expect.stringContaining(message) as string,
  });
});

test("a pooler is refused", async () => {
  const relay = await PostgresRelay.start(server, { isPooler: true });
  await expect(start(server.urlOf(database, "adp", relay.socketFolder))).rejects.toMatchObject({
    code: "invalid_config",
    message: "coordination: a connection pooler stands before PostgreSQL, so zones cannot be locked",
    hint: "name the server itself under coordination",
  });
  await relay.stop();
});

test("a server that is down is waited for", async () => {
  await server.pause();
  const coordination = await start();
  await expect(coordination.check()).rejects.toMatchObject({ code: "coordination_unavailable" });
  await server.resume();
  await coordination.check();
  expect(await admits(coordination)).toBe(true);
});

test("a standby is not used; a failover to a primary ends that", async () => {
  await server.pause();
  await server.resume({ asStandby: true });
  const coordination = await start();
  await expect(coordination.check()).rejects.toMatchObject({
    code: "coordination_unavailable",
    message: "this PostgreSQL server is a standby: it shares no locks",
  });
  await server.pause();
  await server.resume();
  expect(await admits(coordination)).toBe(true);
});

test("the URL from a variable, with its password or one beside it", async () => {
  const withPassword = url.replace("adp@", "adp:secret@");
  const coordination = await openCoordination({ postgresEnv: "DB" }, { environment: { DB: withPassword } });
  open.push(coordination);
  expect(await admits(coordination)).toBe(true);
  await start(url, { PGPASSWORD: "also: unused/here" });
  await expect(openCoordination({ postgresEnv: "DB" }, { environment: {} })).rejects.toThrow(
    "the environment variable DB of coordination.postgresEnv is not set",
  );
  await expect(openCoordination({ postgresEnv: "DB" }, { environment: { DB: "secret" } })).rejects.toThrow(
    /^the environment variable DB holds no URL of PostgreSQL$/,
  );
});
