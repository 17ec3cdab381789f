/** NS discovery and look-ups over real UDP: servers that answer from a table, refuse, or never answer. */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import * as packet from "dns-packet";
import { NameServers } from "../../../src/resolver/name-servers";
import { waitForTxt } from "../../../src/resolver/wait-for-txt";

type Answers = Readonly<Record<string, readonly packet.Answer[] | "refused" | "silent">>;

const sockets: Socket[] = [];
afterEach(() => sockets.splice(0).forEach((socket) => socket.close()));

const refused = 5; // RFC 1035 4.1.1

/** Answers `TYPE name` from the table; what is not in it does not exist. Gives its port. */
async function serve(answers: Answers, host = "127.0.0.1", port = 0): Promise<number> {
  const socket = createSocket("udp4");
  sockets.push(socket);
  socket.on("message", (message, { address, port: from }) => {
    const { id, questions = [] } = packet.decode(message);
    const [question] = questions;
    const found = answers[`${question?.type ?? ""} ${question?.name.toLowerCase() ?? ""}`] ?? [];
    if (found === "silent") return;
    const code = found === "refused" ? refused : found.length === 0 ? 3 : 0;
    const flags = packet.AUTHORITATIVE_ANSWER | code;
    const listed = found === "refused" ? [] : [...found];
    socket.send(packet.encode({ type: "response", id, flags, questions, answers: listed }), from, address);
  });
  socket.bind(port, host);
  await once(socket, "listening");
  return socket.address().port;
}

const txt = (name: string, value: string): packet.Answer => ({ type: "TXT", name, data: value });
const at = (port: number) => `127.0.0.1:${port}`;
const oneTry = { timeoutMs: 20_000, tries: 1 };
const name = "_acme-challenge.app.example.gov";

test("servers are found by NS; one address that answers is enough for each", async () => {
  const port = await serve({ [`TXT ${name}`]: [txt(name, "v")] });
  const resolver = await serve({
    "NS example.gov": [
      { type: "NS", name: "example.gov", data: "ns1.example.gov" },
      { type: "NS", name: "example.gov", data: "ns2.example.gov" },
    ],
    // nobody listens at ::1 on this port, nor at 127.0.0.3
    "A ns1.example.gov": [{ type: "A", name: "ns1.example.gov", data: "127.0.0.1" }],
    "AAAA ns1.example.gov": [{ type: "AAAA", name: "ns1.example.gov", data: "::1" }],
    "A ns2.example.gov": [
      { type: "A", name: "ns2.example.gov", data: "127.0.0.3" },
      { type: "A", name: "ns2.example.gov", data: "127.0.0.1" },
    ],
  });
  const nameServers = new NameServers({ ...oneTry, resolvers: [at(resolver)], port });
  const found = await nameServers.authoritativeFor("example.gov");
  expect(found.map((server) => server.name).sort()).toEqual(["ns1.example.gov", "ns2.example.gov"]);
  await waitForTxt({ zone: "example.gov", name, values: ["v"], nameServers, timeoutMs: 20_000 });
});

test("a zone without name servers is an error with the way out", async () => {
  const nameServers = new NameServers({ ...oneTry, resolvers: [at(await serve({}))] });
  await expect(nameServers.authoritativeFor("example.gov")).rejects.toMatchObject({
    code: "dns_lookup",
    hint: expect.stringContaining("name_servers") as string,
  });
});

test("what an authoritative server refuses is asked of resolvers: CAA of the parent, the target of a CNAME", async () => {
  const own = await serve({
    [`CNAME ${name}`]: [{ type: "CNAME", name, data: "x.acme.example.net" }],
    "CAA gov": "refused",
    "CNAME x.acme.example.net": "refused",
  });
  const resolver = await serve({
    "CAA gov": [{ type: "CAA", name: "gov", data: { flags: 0, tag: "issue", value: "ca.test" } }],
    "CNAME x.acme.example.net": [{ type: "CNAME", name: "x.acme.example.net", data: "y.example.net" }],
  });
  const nameServers = new NameServers({ ...oneTry, servers: [at(own)], resolvers: [at(resolver)] });
  await expect(nameServers.cnameOf(name)).resolves.toBe("x.acme.example.net");
  await expect(nameServers.cnameOf("x.acme.example.net")).resolves.toBe("y.example.net");
  await expect(nameServers.caaOf("gov")).resolves.toEqual([{ critical: 0, issue: "ca.test" }]);
});

test("no answer is an error that says so, and a cancelled question ends at once", async () => {
  const silent = await serve({ "CAA example.gov": "silent" });
  const nameServers = new NameServers({ timeoutMs: 150, tries: 1, servers: [at(silent)] });
  await expect(nameServers.caaOf("example.gov")).rejects.toMatchObject({ code: "dns_lookup", retryable: true });
  const patient = new NameServers({ timeoutMs: 60_000, tries: 1, servers: [at(silent)] });
  const controller = new AbortController();
  const asking = patient.caaOf("example.gov", controller.signal);
  controller.abort();
  await expect(asking).rejects.toMatchObject({ code: "aborted" });
});
