/** lego 4.9 as Debian packages its library, with its edgedns provider unmodified, against a proxy process. */
import { X509Certificate } from "node:crypto";
import type { RecordSet } from "../../src/dns/record-set";
import { hostile as hostileCa } from "../../src/sandbox/acme-ca/faults";
import { startAcmeCa, type AcmeCa } from "../../src/sandbox/acme-ca/start-acme-ca";
import { challengeValue, legoIssue, legoRecord, type LegoOptions } from "./support/lego";
import { ServedProxy } from "./support/served-proxy";

const zone = "example.test";
const challenge = `_acme-challenge.${zone}`;
/** Quotes, escapes, blanks, a semicolon and a comma. lego writes it back without its quotes when it cleans up. */
const foreignText = String.raw`"v=DKIM1; k=rsa, p=a\"b\\c" "second string"`;
const foreign: RecordSet = { name: challenge, type: "TXT", ttlSeconds: 3600, rdata: [foreignText] };

let proxy: ServedProxy;
let ca: AcmeCa;
let lego: LegoOptions;

beforeEach(async () => {
  proxy = await ServedProxy.start({
    clients: ["web", "other"],
    grants: `
  - { client: web, zone: ${zone}, allow: acme-challenge, names: [${zone}, www.${zone}] }
  - { client: other, zone: ${zone}, allow: acme-challenge, names: [other.${zone}] }
`,
    zones: { [zone]: [] },
  });
  const [host = "", port] = proxy.resolver.split(":");
  // a CA that is busy is the end for lego, whoever serves its DNS
  const faults = { ...hostileCa, unavailableShare: 0 };
  ca = await startAcmeCa({ dnsServer: { host, port: Number(port) }, gate: proxy.gate, faults });
  lego = { credentials: proxy.credentials("web"), caFile: proxy.trust(ca.caPem), resolver: proxy.resolver };
});

afterEach(async () => {
  await ca.close();
  expect(await proxy.stop()).toBe(0);
});

const standing = () => proxy.store.recordSet(zone, challenge, "TXT");

async function issueAtOnce(count: number, ...names: string[]): Promise<void> {
  const runs = await Promise.all(Array.from({ length: count }, () => legoIssue(lego, ca.directoryUrl, names)));
  for (const { status, stderr, stdout } of runs) {
    expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
    const subjects = new X509Certificate(stdout).subjectAltName?.split(", ").sort();
    expect(subjects).toEqual(names.map((name) => `DNS:${name}`).sort());
  }
}

test("apex and wildcard: issued, and cleaned up", async () => {
  await issueAtOnce(1, zone, `*.${zone}`);
  expect(standing()).toBeUndefined();
});

test("three at once beside a foreign value: nobody's value is lost, the foreign one stays octet for octet", async () => {
  proxy.store.write(zone, { put: [foreign] });
  await issueAtOnce(3, zone, `*.${zone}`);
  expect(standing()).toEqual(foreign);
});

test("three at once on a new name: all of them create it", async () => {
  await issueAtOnce(3, `www.${zone}`);
  expect(proxy.store.recordSet(zone, `_acme-challenge.www.${zone}`, "TXT")).toBeUndefined();
});

test("present and cleanup by processes of their own", async () => {
  proxy.store.write(zone, { put: [foreign] });
  expect(await legoRecord(lego, "present", zone, "token.thumbprint")).toMatchObject({ status: 0 });
  expect(standing()?.rdata).toEqual([foreignText, `"${challengeValue("token.thumbprint")}"`]);
  expect(await legoRecord(lego, "cleanup", zone, "token.thumbprint")).toMatchObject({ status: 0 });
  expect(standing()).toEqual(foreign);
});

test("what is not granted is said in lego's own error", async () => {
  const { status, stderr } = await legoRecord(lego, "present", `other.${zone}`, "token.thumbprint");
  expect(status).toBe(1);
  expect(stderr).toContain(`no grant for the name _acme-challenge.other.${zone}`);
  expect(proxy.store.recordSet(zone, `_acme-challenge.other.${zone}`, "TXT")).toBeUndefined();
});
