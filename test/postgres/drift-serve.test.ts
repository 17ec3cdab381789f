/** `drift-check serve` with its ledger in PostgreSQL: what it shows, and what it does while the database is away. */
import { verifyLedger } from "../../src/ledger/verify-ledger";
import { ServedStack } from "../support/drift/served-stack";
import { PostgresServer } from "../support/postgres-server";
import { until } from "../support/until";

let server: PostgresServer;
let ledger: string;
let served: ServedStack;

beforeAll(async () => {
  server = await PostgresServer.start();
  ledger = await server.createDatabase("ledger");
  served = await ServedStack.start({ UNEXPIRED_LEDGER: ledger });
});
afterAll(async () => {
  served.close();
  await server.stop();
});

const metric = async (name: string) =>
  Number(new RegExp(`^${name} (.+)$`, "m").exec(await (await served.get("/metrics")).text())?.[1]);

test("runs go into the database; while it is away they go on, and that is told; the pages read on from where they were", async () => {
  await until(() => served.runs() > 0);
  expect(await metric("unexpired_ledger_up")).toBe(1);
  expect(await (await served.get("/debug")).text()).toMatch(/[1-9]\d* entr(y|ies) read/);
  const read = await metric("unexpired_ledger_head_sequence");

  await server.pause();
  const before = served.runs();
  await until(() => served.runs() > before + 1);
  expect(await metric("unexpired_ledger_up")).toBe(0);
  expect(await metric("unexpired_ledger_head_sequence")).toBeGreaterThanOrEqual(read);
  expect(served.lines()).toContainEqual(expect.objectContaining({ level: "error", code: "ledger_unavailable" }));

  await server.resume();
  const again = served.runs();
  await until(() => served.runs() > again + 1);
  expect(await metric("unexpired_ledger_up")).toBe(1);
  expect(await metric("unexpired_ledger_head_sequence")).toBeGreaterThan(read);
  expect(await verifyLedger([ledger])).toMatchObject({ ok: true });
});
