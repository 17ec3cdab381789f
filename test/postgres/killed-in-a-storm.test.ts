/** Two replicas, processes of their own, in a storm; one of them is killed in the middle of it. */
import { PostgresServer } from "../support/postgres-server";
import { ReplicaProcess } from "../support/replica-process";
import { masterKeyText, TestProxy } from "../support/running-proxy";
import { common, Storm, zone } from "../support/storm/storm";
import { ToolError } from "../support/storm/storm-client";
import { prove, standingIn, sumOf } from "../support/storm/sum-of";

let server: PostgresServer;
let storm: Storm;
let replicas: ReplicaProcess[] = [];

beforeAll(async () => {
  server = await PostgresServer.start();
  TestProxy.replicas = {
    count: 2,
    newDatabase: () => server.createDatabase("storm"),
    startAs: async (policyFile) => {
      const environment = { ADP_MASTER_KEY: masterKeyText };
      // 500 ms after a replica that died: what was on its way to a hostile Edge DNS may need 200 on a busy machine
      const replica = await ReplicaProcess.start({ policyFile, environment, haste: 20 });
      replicas.push(replica);
      return replica;
    },
  };
});
afterAll(() => server.stop());
beforeEach(async () => {
  replicas = [];
  storm = await Storm.start(12);
});
afterEach(() => storm.stop());

test("who was at the dead one hears no false success and converges when run again; all others succeed", async () => {
  const [dying, living] = replicas;
  if (dying === undefined || living === undefined) throw new Error("both replicas run");
  const nameOf = (index: number) => (index % 3 === 0 ? `_acme-challenge.h${index % 12}.${zone}` : common);
  const unlucky = storm.tools(25, nameOf, 100, dying.port);
  const lucky = storm.tools(25, nameOf, 200, living.port);
  const trap = storm.proxy.gate.set({ part: "edge-dns", operation: "PUT recordset", nth: 8, action: "hold" });

  const atTheLiving = Promise.allSettled(lucky.map((tool) => prove(storm, tool)));
  const atTheDying = Promise.allSettled(unlucky.map((tool) => prove(storm, tool)));
  await trap.caught;
  const killed = dying.kill();
  trap.release();
  await killed;

  expect((await atTheLiving).filter(({ status }) => status === "rejected")).toEqual([]);
  const results = await atTheDying;
  const brokenOff = unlucky.filter((_, index) => results[index]?.status === "rejected");
  expect(brokenOff.length).toBeGreaterThan(0);
  for (const result of results) if (result.status === "rejected") expect(result.reason).not.toBeInstanceOf(ToolError);
  for (const result of results) if (result.status === "rejected") expect(String(result.reason)).not.toMatch(/was told/);

  const again = storm.tools(25, nameOf, 100, living.port).filter((_, index) => results[index]?.status === "rejected");
  await Promise.all(again.map((tool) => prove(storm, tool)));
  expect(standingIn(storm)).toEqual(sumOf([]));
});
