/** The server's framing over a real socket, and where it listens. */
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import http2 from "node:http2";
import net from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createGrpcServer, type GrpcRoutes } from "../../../src/provider/plugin/grpc-server";
import { listen, type Listening } from "../../../src/provider/plugin/listen";
import { unary } from "../../support/plugin-client";

const routes: GrpcRoutes = {
  held: new Set(["/held"]),
  unary: (path, request) => {
    if (path === "/echo") return Promise.resolve(request);
    if (path === "/broken") return Promise.reject(new Error("brö%ken"));
    return undefined;
  },
};

let folder: string;
let server: net.Server;
let session: http2.ClientHttp2Session;

async function connect(parents: readonly string[]): Promise<Listening> {
  server = createGrpcServer(routes);
  const listening = await listen(server, parents, process.platform);
  const { network, address } = listening.endpoint;
  const [host, port] = address.split(":");
  session = http2.connect("http://localhost", {
    createConnection: () => (network === "unix" ? net.connect(address) : net.connect({ host, port: Number(port) })),
  });
  return listening;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "grpc-"));
});

afterEach(async () => {
  session.destroy();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

test("answers with status 0, in a folder nobody else may enter", async () => {
  const { endpoint } = await connect([folder]);
  expect(endpoint.network).toBe("unix");
  expect((await stat(dirname(endpoint.address))).mode & 0o777).toBe(0o700);
  expect(await unary(session, "/echo", Buffer.from("hello"))).toEqual({
    status: 0,
    message: "",
    body: Buffer.from("hello"),
  });
  expect((await unary(session, "/echo", Buffer.of())).body).toHaveLength(0);
});

test("messages of 20 MB pass", async () => {
  await connect([folder]);
  const big = Buffer.alloc(20 * 1024 * 1024, 7);
  expect((await unary(session, "/echo", big)).body.equals(big)).toBe(true);
});

test.each([
  ["/none", 12, "unknown method /none"],
  ["/broken", 13, "brö%ken"],
])("%s is a status without a body", async (path, status, message) => {
  await connect([folder]);
  expect(await unary(session, path, Buffer.of())).toEqual({ status, message, body: Buffer.of() });
});

test("a held stream gets headers at once and stays open", async () => {
  await connect([folder]);
  const stream = session.request({ ":path": "/held", ":method": "POST" });
  const headers = await new Promise<http2.IncomingHttpHeaders>((resolve) => stream.on("response", resolve));
  expect(headers[":status"]).toBe(200);
  await unary(session, "/echo", Buffer.of(1));
  expect(stream.closed).toBe(false);
  stream.close();
});

test.each([
  ["a compressed message", Buffer.from("010000000161", "hex"), "12"],
  ["half a message", Buffer.from("0000000005ab", "hex"), "3"],
  ["no message", Buffer.of(), "3"],
])("%s is refused", async (_what, body, status) => {
  await connect([folder]);
  const stream = session.request({ ":path": "/echo", ":method": "POST" });
  stream.end(body);
  const headers = await new Promise<http2.IncomingHttpHeaders>((resolve) => stream.on("response", resolve));
  expect(headers["grpc-status"]).toBe(status);
});

test("a folder too long for a socket is passed over, and without any it is loopback TCP", async () => {
  const long = join(folder, "x".repeat(120));
  await mkdir(long);
  const listening = await connect([long, join(folder, "missing")]);
  expect(listening.endpoint.network).toBe("tcp");
  expect(listening.endpoint.address).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(await unary(session, "/echo", Buffer.of(1))).toMatchObject({ status: 0 });
});
