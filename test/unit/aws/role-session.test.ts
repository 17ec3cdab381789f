import { RoleSession, type SessionCredentials } from "../../../src/aws/role-session";

let now: number;
let started: number;
let failing: boolean;
let session: RoleSession;

beforeEach(() => {
  now = 0;
  started = 0;
  failing = false;
  const start = async (): Promise<SessionCredentials> => {
    started++;
    await Promise.resolve();
    if (failing) throw new Error("denied");
    return { accessKeyId: `key ${started}`, secretAccessKey: "", expiration: new Date(now + 3600_000) };
  };
  session = new RoleSession(start, { now: () => new Date(now) });
});

const keys = async (count: number) =>
  (await Promise.all(Array.from({ length: count }, () => session.get()))).map(({ accessKeyId }) => accessKeyId);

test("clients that ask at once, and later, share a session", async () => {
  expect(await keys(3)).toEqual(["key 1", "key 1", "key 1"]);
  now += 53 * 60_000;
  expect(await keys(2)).toEqual(["key 1", "key 1"]);
});

test("shortly before its end one of them starts the next", async () => {
  await keys(1);
  now += 55 * 60_000;
  expect(await keys(3)).toEqual(["key 2", "key 2", "key 2"]);
  expect(started).toBe(2);
});

test("what could not be started is tried again", async () => {
  failing = true;
  await expect(session.get()).rejects.toThrow("denied");
  failing = false;
  expect(await keys(1)).toEqual(["key 2"]);
});
