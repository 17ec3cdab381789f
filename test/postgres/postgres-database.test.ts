/** Statements and transactions under what other sessions do. */
import type { Pool } from "pg";
import { openPool } from "../../src/platform/postgres/open-pool";
import { PostgresDatabase } from "../../src/platform/postgres/postgres-database";
import { PostgresReplayKeys } from "../../src/proxy/coordination/postgres/postgres-replay-keys";
import { purge } from "../../src/proxy/coordination/postgres/purge";
import { coordinationSchema as schema } from "../../src/proxy/coordination/postgres/schema";
import { PostgresServer } from "../support/postgres-server";

let server: PostgresServer;
let pool: Pool;
let database: PostgresDatabase;
const options = { schema, unavailable: "coordination_unavailable" } as const;

beforeAll(async () => {
  server = await PostgresServer.start();
  pool = openPool({ url: server.url, max: 5, connectMs: 5_000, statementMs: 5_000, program: "a test" });
  database = new PostgresDatabase(pool, options);
});
afterAll(async () => {
  await pool.end();
  await server.stop();
});

test("what meets a deadlock is done again", async () => {
  await server.run(
    "CREATE TABLE counters (name text PRIMARY KEY, count int); INSERT INTO counters VALUES ('a', 0), ('b', 0)",
  );
  let atFirst = 0;
  let bothHaveBegun: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (bothHaveBegun = resolve));
  let tries = 0;
  const count = (...names: [string, string]) =>
    database.inTransaction(async (query) => {
      tries++;
      await query("SET LOCAL deadlock_timeout = '10ms'");
      const increment = "UPDATE counters SET count = count + 1 WHERE name = $1";
      await query(increment, [names[0]]);
      if (++atFirst === 2) bothHaveBegun();
      await begun;
      await query(increment, [names[1]]);
    });
  await Promise.all([count("a", "b"), count("b", "a")]);
  expect(tries).toBeGreaterThan(2);
  expect(await server.run("SELECT name, count FROM counters ORDER BY name")).toEqual([
    { name: "a", count: 2 },
    { name: "b", count: 2 },
  ]);
});

test("a transaction that fails leaves nothing, and its connection is not used again", async () => {
  const failed = database.inTransaction(async (query) => {
    await query("INSERT INTO adp.zone_holders VALUES ('z', 'r', now())");
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  expect(await database.query("SELECT 1 FROM adp.zone_holders")).toEqual([]);
});

test("a statement that takes too long is ended", async () => {
  const hasty = openPool({ url: server.url, max: 1, connectMs: 5_000, statementMs: 1_000, program: "a test" });
  const slow = new PostgresDatabase(hasty, options).query("SELECT pg_sleep(60)");
  await expect(slow).rejects.toMatchObject({ code: "coordination_unavailable", facts: { sqlState: "57014" } });
  await hasty.end();
});

test("rows are copied out as octets, over any number of messages, and a connection that failed at it is not used again", async () => {
  const copied = await database.copyOut(
    "SELECT n::bigint, CASE WHEN n < 3 THEN repeat('\u00fc\\\n', n * 100000) END FROM generate_series(1, 3) AS n ORDER BY n",
  );
  expect(copied.map(([n]) => Number(n?.readBigInt64BE()))).toEqual([1, 2, 3]);
  expect(copied.map(([, text]) => text?.toString("utf8"))).toEqual([
    "\u00fc\\\n".repeat(100_000),
    "\u00fc\\\n".repeat(200_000),
    undefined,
  ]);
  expect(await database.copyOut("SELECT 1 WHERE false")).toEqual([]);
  const failed = database.copyOut("SELECT 1 / (3 - n) FROM generate_series(1, 3) AS n");
  await expect(failed).rejects.toMatchObject({ code: "coordination_unavailable", facts: { sqlState: "22012" } });
  expect(await database.copyOut("SELECT 'x'")).toEqual([[Buffer.from("x")]]);
});

test("what is old goes, and what was used longest ago where there is too much", async () => {
  const keys = new PostgresReplayKeys(database);
  await keys.admit("old", 0);
  await keys.admit("new", 60_000);
  await database.query(
    `INSERT INTO adp.client_memories
     SELECT 'c', 'z', 'n' || hours, 'TXT', '{"views":[]}', now() - hours * interval '1 hour'
     FROM unnest(ARRAY[0, 1, 2, 23, 25]) AS hours`,
  );
  const names = async () =>
    (await database.query<{ name: string }>("SELECT name FROM adp.client_memories ORDER BY used_at DESC")).map(
      (row) => row.name,
    );
  await purge(database);
  expect(await database.query("SELECT 1 FROM adp.replay_keys")).toHaveLength(1);
  expect(await names()).toEqual(["n0", "n1", "n2", "n23"]);
  await purge(database, { maxMemories: 2 });
  expect(await names()).toEqual(["n0", "n1"]);
  await expect(keys.admit("new", 60_000)).resolves.toBe(false);
});
