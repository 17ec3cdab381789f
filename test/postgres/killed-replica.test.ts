/** One of two replicas, processes of their own, is killed in the middle of a write. */
import { PostgresServer } from "../support/postgres-server";
import { ReplicaProcess } from "../support/replica-process";
import { masterKeyText, TestProxy } from "../support/running-proxy";

const zone = "example.test";
const name = `_acme-challenge.${zone}`;
const path = `/config-dns/v2/zones/${zone}/names/${name}/types/TXT`;
const value = (letter: string) => letter.repeat(43);
const body = (letter: string) => ({ name, type: "TXT", ttl: 60, rdata: [value(letter)] });

let server: PostgresServer;
let proxy: TestProxy;
let replicas: ReplicaProcess[] = [];

beforeAll(async () => {
  server = await PostgresServer.start();
  TestProxy.replicas = {
    count: 2,
    newDatabase: () => server.createDatabase("killed"),
    startAs: async (policyFile) => {
      const environment = { ADP_MASTER_KEY: masterKeyText };
      const replica = await ReplicaProcess.start({ policyFile, environment });
      replicas.push(replica);
      return replica;
    },
  };
});
afterAll(() => server.stop());
beforeEach(async () => {
  replicas = [];
  proxy = await TestProxy.start({
    policy: `
clients:
  - { name: web, tokens: ["{token:web}"] }
grants:
  - { client: web, zone: ${zone}, allow: acme-challenge, names: [${zone}] }
`,
    zones: { [zone]: [] },
  });
});
afterEach(() => proxy.stop());

test("its client hears no success, the next writer gets the zone, and a rerun converges", async () => {
  const send = proxy.as("web");
  const trap = proxy.gate.set({ part: "edge-dns", operation: "POST recordset", nth: 1, action: "hold" });
  const first = send("POST", path, body("a")).then(
    () => "answered",
    () => "broken off",
  );
  await trap.caught;
  const second = send("POST", path, body("b"));
  await server.untilWaiting(1);
  await replicas[0]?.kill();
  expect(await first).toBe("broken off");
  expect((await second).status).toBe(201);
  trap.release();
  // of two connections in a row one goes to the replica that is gone
  const again = () => send("POST", path, body("a"));
  expect((await again().catch(again)).status).toBe(201);
  expect([...(proxy.store.recordSet(zone, name, "TXT")?.rdata ?? [])].sort()).toEqual([
    `"${value("a")}"`,
    `"${value("b")}"`,
  ]);
});
