import { HttpClient } from "../../../src/platform/http";
import { startStateServer, type RunningStateServer } from "../../../src/sandbox/state-server/start-state-server";

let server: RunningStateServer;
const client = new HttpClient();
beforeEach(async () => (server = await startStateServer()));
afterEach(() => server.close());
afterAll(() => client.close());

const send = async (method: string, query = "", body = "") => {
  const { status, body: answer } = await client.send({ method, url: server.address("web") + query, headers: {}, body });
  return [status, answer];
};
const mine = JSON.stringify({ ID: "mine", Who: "alice@build-7" });
const other = JSON.stringify({ ID: "other", Who: "bob@build-8" });

test("keeps a state", async () => {
  expect(await send("GET")).toEqual([404, ""]);
  expect(await send("POST", "", "the state")).toEqual([200, ""]);
  expect(await send("GET")).toEqual([200, "the state"]);
});

test("a lock keeps others from locking and writing, and tells them who has it", async () => {
  expect(await send("LOCK", "", mine)).toEqual([200, ""]);
  expect(await send("LOCK", "", other)).toEqual([423, mine]);
  expect(await send("POST", "?ID=other", "theirs")).toEqual([423, mine]);
  expect(await send("UNLOCK", "", other)).toEqual([423, mine]);
  expect(await send("POST", "?ID=mine", "ours")).toEqual([200, ""]);
  expect(await send("UNLOCK", "", mine)).toEqual([200, ""]);
  expect(await send("LOCK", "", other)).toEqual([200, ""]);
});

test("a lock that was left behind stays until it is forced", async () => {
  server.lock("web", { ID: "gone", Who: "runner@gone" });
  expect(await send("LOCK", "", mine)).toEqual([423, JSON.stringify({ ID: "gone", Who: "runner@gone" })]);
  expect(await send("UNLOCK")).toEqual([200, ""]);
  expect(server.lockOf("web")).toBeUndefined();
});
