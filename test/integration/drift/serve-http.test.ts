/** What the server answers to whatever is sent: pages to GET and HEAD by its own names, and nothing else to anybody. */
import { connect } from "node:net";
import { startServer, type RunningServer } from "../../../src/drift/serve/http/start-server";
import { silentLogger } from "../../../src/platform/log";

const policy = "default-src 'none'; style-src 'sha256-abc'";

let server: RunningServer;
const asked: string[] = [];

beforeAll(async () => {
  server = await startServer({
    ...{ host: "127.0.0.1", port: 0, names: ["drift.example.gov"], logger: silentLogger },
    routes: {
      "/": async (query) => {
        asked.push(query.toString());
        return { status: 200, contentType: "text/html; charset=utf-8", text: "<p>page", contentPolicy: policy };
      },
      "/broken": async () => {
        throw new Error("secret place");
      },
    },
  });
});

afterAll(() => server.close());

/** The answer to octets, as they are. */
function send(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, "127.0.0.1", () => socket.end(request));
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
  });
}

const get = (path: string, { method = "GET", host = "127.0.0.1" } = {}) =>
  send(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

test("a page, with everything that keeps others out of it", async () => {
  const answer = await get("/?page=2&q=a%2Fb");
  expect(statusOf(answer)).toBe(200);
  expect(asked).toEqual(["page=2&q=a%2Fb"]);
  const lines = answer.toLowerCase().split("\r\n");
  for (const header of [
    `content-security-policy: ${policy}; frame-ancestors 'none'`.toLowerCase(),
    "x-content-type-options: nosniff",
    "referrer-policy: no-referrer",
    "cache-control: no-store",
    "x-frame-options: deny",
    "cross-origin-resource-policy: same-origin",
  ])
    expect(lines).toContain(header);
});

test("HEAD is the same without the page", async () => {
  const answer = await get("/", { method: "HEAD" });
  expect(statusOf(answer)).toBe(200);
  expect(answer).not.toContain("<p>page");
});

test.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])("%s changes nothing, and reaches no page", async (method) => {
  const before = asked.length;
  expect(statusOf(await get("/", { method }))).toBe(405);
  expect(asked).toHaveLength(before);
});

test.each(["/../", "//", "/%2e%2e/", "/./", "/index.html", "/%", "/broken/", "/broken%00", "http://127.0.0.1/"])(
  "%s is no path",
  async (path) => expect([400, 404]).toContain(statusOf(await get(path))),
);

test.each(["evil.test", "evil.test:80", "127.0.0.1.evil.test", ""])("who says %p is not answered", async (host) => {
  const before = asked.length;
  expect([400, 421]).toContain(statusOf(await get("/", { host })));
  expect(asked).toHaveLength(before);
});

test("a name of ours, and localhost, are", async () => {
  expect(statusOf(await get("/", { host: "drift.example.gov" }))).toBe(200);
  expect(statusOf(await get("/", { host: "localhost:1234" }))).toBe(200);
});

test("a page that fails tells strangers nothing", async () => {
  const answer = await get("/broken");
  expect(statusOf(answer)).toBe(500);
  expect(answer).not.toContain("secret place");
});

test("octets that are no request are refused", async () => {
  expect(statusOf(await send("nonsense\r\n\r\n"))).toBe(400);
  expect(statusOf(await get(`/${"a".repeat(20_000)}`))).toBeGreaterThanOrEqual(400);
});

test("a taken port is said", async () => {
  const again = startServer({
    ...{ host: "127.0.0.1", port: server.port, names: [], logger: silentLogger },
    routes: {},
  });
  await expect(again).rejects.toMatchObject({ code: "network", hint: expect.stringContaining("--listen") as string });
});
