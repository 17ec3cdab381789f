/**
 * Import this before a file of flows: each of its proxies becomes two replicas that share a database of their own, and
 * requests on new connections alternate between them.
 */
import { PostgresServer } from "./postgres-server";
import { TestProxy } from "./running-proxy";

let server: PostgresServer;
let databases = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
  TestProxy.replicas = { count: 2, newDatabase: () => server.createDatabase(`adp${++databases}`) };
});

/** What they share. */
export const sharedServer = () => server;

afterAll(() => server.stop());
