import type { Coordination } from "../../src/proxy/coordination/coordination";
import { postgresCoordination } from "../../src/proxy/coordination/postgres/postgres-coordination";
import { testCoordination } from "../support/coordination-contract";
import { PostgresServer } from "../support/postgres-server";

let server: PostgresServer;
let databases = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.stop());

testCoordination(async () => {
  const url = await server.createDatabase(`contract${++databases}`);
  const open = (): Coordination => postgresCoordination({ url });
  return { replicas: [open(), open()], waiting: (count) => server.untilWaiting(count) };
});
