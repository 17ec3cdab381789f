/** The whole way by a client that is not ours, over real sockets: TLS to the CA, DNS to the responder. */
import { createServer, connect, type TLSSocket } from "node:tls";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { X509Certificate } from "node:crypto";
import { calm, hostile } from "../../../src/sandbox/acme-ca/faults";
import { secondsProfile, letsEncryptProfiles } from "../../../src/sandbox/acme-ca/profiles";
import { noRateLimits } from "../../../src/sandbox/acme-ca/rate-limits/rate-limits";
import { startAcmeCa, type AcmeCa } from "../../../src/sandbox/acme-ca/start-acme-ca";
import { RequestGate } from "../../../src/sandbox/request-gate";
import { issue, newClient, trustCa, type Issued } from "./plain-acme-client";
import { startTxtResponder, type TxtResponder } from "./txt-responder";

let dns: TxtResponder;
let ca: AcmeCa;
const gate = new RequestGate();

beforeAll(async () => {
  dns = await startTxtResponder();
  ca = await startAcmeCa({
    dnsServer: dns.address,
    faults: calm,
    gate,
    profiles: { ...letsEncryptProfiles, demo: secondsProfile(20) },
  });
  trustCa(ca);
});

afterAll(async () => {
  await ca.close();
  await dns.close();
});

async function shakeHands(issued: Issued, root: string, servername: string): Promise<TLSSocket> {
  const server = createServer({ cert: issued.chain, key: issued.key }, (socket) => socket.end());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const socket = connect({ host: "127.0.0.1", port, servername, ca: root });
  await once(socket, "secureConnect").finally(() => server.close());
  return socket;
}

test("apex and wildcard in one order: two values at one name, a chain that TLS verifies, a true history", async () => {
  const client = await newClient(ca);
  const names = ["app.example.gov", "*.app.example.gov"];
  const issued = await issue(client, dns, names);
  expect(dns.txt.get("_acme-challenge.app.example.gov")).toHaveLength(2);
  for (const host of ["app.example.gov", "x.app.example.gov"]) {
    const socket = await shakeHands(issued, ca.roots[0] ?? "", host);
    expect(socket.authorized).toBe(true);
    socket.destroy();
  }
  const leaf = new X509Certificate(issued.chain);
  const record = ca.certificates().at(-1);
  expect(record).toMatchObject({ names, profile: "classic", replaces: undefined, chain: issued.chain });
  expect(BigInt(`0x${record?.serial}`)).toBe(BigInt(`0x${leaf.serialNumber}`));
  expect(record?.notAfter).toEqual(new Date(leaf.validTo));
  expect(gate.history).toContainEqual({ part: "acme", operation: "newOrder", subject: names.join(",") });
  expect(gate.history).toContainEqual({ part: "acme", operation: "finalize", subject: names.join(",") });
  expect(dns.questions).toContain("CAA app.example.gov");
});

test("the alternate chain ends at the other root", async () => {
  const client = await newClient(ca);
  const issued = await issue(client, dns, ["alternate.example.gov"], {}, "Sandbox Root X2");
  await expect(shakeHands(issued, ca.roots[0] ?? "", "alternate.example.gov")).rejects.toThrow(
    "unable to get local issuer certificate",
  );
  const socket = await shakeHands(issued, ca.roots[1] ?? "", "alternate.example.gov");
  expect(socket.authorized).toBe(true);
  socket.destroy();
});

test("a certificate of 20 seconds is valid now and says when it ends", async () => {
  const client = await newClient(ca);
  const before = Date.now();
  const issued = await issue(client, dns, ["short.example.gov"], { profile: "demo" });
  const leaf = new X509Certificate(issued.chain);
  expect(issued.order.profile).toBe("demo");
  expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBe(19_000);
  expect(Date.parse(leaf.validFrom)).toBeGreaterThan(before - 1000);
  const socket = await shakeHands(issued, ca.roots[0] ?? "", "short.example.gov");
  expect(socket.authorized).toBe(true);
  socket.destroy();
});

test("both intermediates issue", async () => {
  const client = await newClient(ca);
  const issuers = new Set<string>();
  for (let count = 0; count < 40 && issuers.size < 2; count++) {
    const { chain } = await issue(client, dns, [`n${count}.intermediates.example.gov`]);
    issuers.add(new X509Certificate(chain).issuer);
  }
  expect(issuers.size).toBe(2);
});

test("a client that retries gets its certificate from the hostile CA, too", async () => {
  const hard = await startAcmeCa({
    dnsServer: dns.address,
    faults: { ...hostile, nonceRejectionShare: 0.3, slowAnswerMs: 10 },
    rateLimits: noRateLimits,
  });
  trustCa(hard);
  try {
    const client = await newClient(hard);
    for (const round of [1, 2, 3])
      await issue(client, dns, ["hostile.example.gov", "*.hostile.example.gov", `r${round}.example.gov`]);
    expect(hard.certificates()).toHaveLength(3);
  } finally {
    await hard.close();
    trustCa(ca);
  }
});
