import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { HttpClient } from "../../../src/platform/http";

let server: Server;
let url: string;
const clients: HttpClient[] = [];

beforeAll((done) => {
  server = createServer((request, response) => {
    const path = request.url?.split("?")[0];
    if (path === "/silent") return;
    if (path === "/redirect") response.writeHead(302, { location: "/" }).end();
    else if (path === "/links") response.setHeader("Link", ["<a>;rel=up", "<b>;rel=alternate"]).end();
    else if (path === "/large") response.end("x".repeat(2048));
    else if (path === "/broken") request.socket.destroy();
    else {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => response.setHeader("X-Method", request.method ?? "").end(body));
    }
  });
  server.listen(0, "127.0.0.1", () => {
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    done();
  });
});

afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function client(options: ConstructorParameters<typeof HttpClient>[0] = {}) {
  const made = new HttpClient(options);
  clients.push(made);
  return made;
}

test("requests in a row share connections", async () => {
  const http = client();
  for (let round = 0; round < 10; round++) {
    const answer = await http.send({ method: "POST", url: `${url}/echo`, body: "text" });
    expect(answer).toMatchObject({ status: 200, body: "text", headers: { "x-method": "POST" } });
  }
  expect(http.connectionsOpened).toBeLessThanOrEqual(2);
});

test("every link of an answer is kept", async () => {
  const answer = await client().send({ method: "GET", url: `${url}/links` });
  expect(answer.headers.link).toBe("<a>;rel=up, <b>;rel=alternate");
});

test("redirects are answers, never followed", async () => {
  await expect(client().send({ method: "GET", url: `${url}/redirect` })).resolves.toMatchObject({ status: 302 });
});

test.each([
  ["no answer in time", "/silent", { timeoutMs: 50 }, "timeout", true],
  ["a body without end", "/large", { maxBodyBytes: 1024 }, "network", false],
  ["a broken connection", "/broken", {}, "network", true],
])("%s", async (_, path, options, code, retryable) => {
  const sending = client(options).send({ method: "GET", url: `${url}${path}?secret=1` });
  await expect(sending).rejects.toMatchObject({
    code,
    retryable,
    message: expect.not.stringContaining("secret") as string,
  });
});

test("a cancelled request ends at once", async () => {
  const controller = new AbortController();
  const sending = client().send({ method: "GET", url: `${url}/silent`, signal: controller.signal });
  controller.abort();
  await expect(sending).rejects.toMatchObject({ code: "aborted" });
});

test("a CA file that is not there is named", () => {
  expect(() => new HttpClient({ caFile: "/no/such/file.pem" })).toThrow(
    expect.objectContaining({
      code: "missing_file",
      message: expect.stringContaining("/no/such/file.pem") as string,
    }) as Error,
  );
});
