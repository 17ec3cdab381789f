/** Our client against our own CA over real sockets: what Pebble lacks, answers that get lost, and CAs that hang. */
import { X509Certificate } from "node:crypto";
import type { AcmeAccount } from "../../../src/acme/account";
import { AcmeConnection, type AcmeConnectionOptions } from "../../../src/acme/connection";
import { createOrder } from "../../../src/acme/create-order";
import { openAccount } from "../../../src/acme/open-account";
import { certId, getRenewalInfo } from "../../../src/acme/renewal-info";
import { revokeCertificate } from "../../../src/acme/revoke-certificate";
import { rollOverAccountKey } from "../../../src/acme/roll-over-account-key";
import type { DomainName } from "../../../src/certificates/domain-name";
import { parseCertificate } from "../../../src/certificates/parse-certificate";
import { calm, hostile } from "../../../src/sandbox/acme-ca/faults";
import { noRateLimits } from "../../../src/sandbox/acme-ca/rate-limits/rate-limits";
import { startAcmeCa, type AcmeCa } from "../../../src/sandbox/acme-ca/start-acme-ca";
import { RequestGate } from "../../../src/sandbox/request-gate";
import { issue, type TestDns } from "../../support/acme-issue";
import { MemoryAccountStore } from "../../support/memory-account-store";
import { startTxtResponder, type TxtResponder } from "../sandbox-acme-ca/txt-responder";

const gate = new RequestGate();
let responder: TxtResponder;
let dns: TestDns;
let ca: AcmeCa;
let connection: AcmeConnection;
let account: AcmeAccount;

beforeAll(async () => {
  responder = await startTxtResponder();
  dns = {
    setTxt: async (name, value) => void responder.txt.set(name, [...(responder.txt.get(name) ?? []), value]),
    clearTxt: async (name) => void responder.txt.delete(name),
  };
  ca = await startAcmeCa({ dnsServer: responder.address, faults: calm, rateLimits: noRateLimits, gate });
  connection = connect();
  account = await openAccount(connection, { store: new MemoryAccountStore() });
});

afterAll(async () => {
  await connection.close();
  await ca.close();
  await responder.close();
});

function connect(options: Partial<AcmeConnectionOptions> = {}): AcmeConnection {
  return new AcmeConnection({ directoryUrl: ca.directoryUrl, ca: ca.caPem, ...options });
}

let count = 0;
const freshName = () => `n${++count}.example.gov`;

test("an order of a profile gives a certificate of that profile", async () => {
  const { pem } = await issue(account, { names: [freshName()], dns, profile: "shortlived" });
  const { notBefore, notAfter } = parseCertificate(pem);
  expect((notAfter.getTime() - notBefore.getTime()) / 3600_000).toBeCloseTo(160, 0);
  expect(ca.certificates().at(-1)?.profile).toBe("shortlived");
});

test("renewal information: the CA's window, found by the certID that we compute", async () => {
  const { pem } = await issue(account, { names: [freshName()], dns });
  const { serial, authorityKeyId } = parseCertificate(pem);
  const id = certId(authorityKeyId ?? "", serial);
  const window = { start: new Date("2026-12-01T00:00:00Z"), end: new Date("2026-12-02T00:00:00Z") };
  ca.setRenewalWindow(serial, window);
  const info = await getRenewalInfo(connection, id);
  expect(info?.window).toEqual(window);
  expect(info?.retryAfterMs).toBe(21_600_000);
});

test("a renewal says what it replaces; a second one is told, and goes on without", async () => {
  const names = [freshName()] as DomainName[];
  const first = parseCertificate((await issue(account, { names, dns })).pem);
  const replaces = certId(first.authorityKeyId ?? "", first.serial);
  await issue(account, { names, dns, replaces });
  expect(ca.certificates().at(-1)?.replaces).toBe(replaces);
  await expect(createOrder(account, { names, replaces })).rejects.toMatchObject({
    code: "acme_already_replaced",
    facts: { type: "alreadyReplaced", status: 409 },
  });
  await expect(issue(account, { names, dns })).resolves.toMatchObject({ isPreferred: true });
});

test("in steady state a certificate costs at most 8 requests and no new connection", async () => {
  await issue(account, { names: [freshName()], dns, firstDelayMs: 100 });
  const before = { requests: connection.requests, opened: connection.connectionsOpened, seen: gate.history.length };
  for (let n = 0; n < 5; n++) await issue(account, { names: [freshName()], dns, firstDelayMs: 100 });
  expect((connection.requests - before.requests) / 5).toBeLessThanOrEqual(8);
  expect(gate.history.length - before.seen).toBe(connection.requests - before.requests);
  expect(connection.connectionsOpened).toBe(before.opened);
});

test.each(["newOrder", "authorization", "challenge", "order", "finalize", "certificate"])(
  "a lost answer to %s does not lose the order",
  async (operation) => {
    const trap = gate.set({ part: "acme", operation, nth: 1, action: "break-after" });
    const name = freshName();
    const { pem } = await issue(account, { names: [name], dns });
    await trap.caught;
    expect(new X509Certificate(pem).subjectAltName).toBe(`DNS:${name}`);
  },
);

test("a lost answer to newAccount makes no second account", async () => {
  const before = ca.accountCount();
  const trap = gate.set({ part: "acme", operation: "newAccount", nth: 1, action: "break-after" });
  const store = new MemoryAccountStore();
  await openAccount(connection, { store });
  await trap.caught;
  expect(ca.accountCount()).toBe(before + 1);
});

test("a lost answer to keyChange leaves the account with the new key", async () => {
  const store = new MemoryAccountStore();
  const rolled = await openAccount(connection, { store });
  const trap = gate.set({ part: "acme", operation: "keyChange", nth: 1, action: "break-after" });
  await rollOverAccountKey(rolled, store);
  await trap.caught;
  await issue(rolled, { names: [freshName()], dns });
  await issue(await openAccount(connection, { store }), { names: [freshName()], dns });
});

test("a lost answer to a revocation is a revocation", async () => {
  const { pem } = await issue(account, { names: [freshName()], dns });
  gate.set({ part: "acme", operation: "revokeCert", nth: 1, action: "break-after" });
  await expect(revokeCertificate(account, pem, { reason: "superseded" })).resolves.toBe("already revoked");
  expect(ca.certificates().at(-1)?.revocation?.reason).toBe(4);
});

test("an abort ends a request that the CA holds, at once", async () => {
  const trap = gate.set({ part: "acme", operation: "newOrder", nth: 1, action: "hold" });
  const controller = new AbortController();
  const names = [freshName()] as DomainName[];
  const ordering = createOrder(account, { names, signal: controller.signal });
  await trap.caught;
  controller.abort();
  await expect(ordering).rejects.toMatchObject({ code: "aborted" });
  trap.release();
});

test("a CA that goes silent costs one request its time limit, and the next try signs anew", async () => {
  const impatient = connect({ requestTimeoutMs: 1_500 });
  const own = await openAccount(impatient, { store: new MemoryAccountStore() });
  const trap = gate.set({ part: "acme", operation: "newOrder", nth: 1, action: "hold" });
  const names = [freshName()] as DomainName[];
  await expect(createOrder(own, { names })).resolves.toMatchObject({ status: "pending" });
  trap.release();
  await impatient.close();
});

test("the time limit of an operation ends it, retries included", async () => {
  const trap = gate.set({ part: "acme", operation: "newOrder", nth: 1, action: "hold" });
  const names = [freshName()] as DomainName[];
  await expect(createOrder(account, { names, timeoutMs: 100 })).rejects.toMatchObject({ code: "timeout" });
  trap.release();
});

test("trust belongs to one CA: two at once, each trusted by its own connection only", async () => {
  const other = await startAcmeCa({ dnsServer: responder.address, faults: calm, rateLimits: noRateLimits });
  const right = new AcmeConnection({ directoryUrl: other.directoryUrl, ca: other.caPem });
  const wrong = new AcmeConnection({
    directoryUrl: other.directoryUrl,
    ca: ca.caPem,
    retryPolicy: { attempts: 1, firstDelayMs: 0, maxDelayMs: 0 },
  });
  const otherAccount = await openAccount(right, { store: new MemoryAccountStore() });
  await Promise.all([
    issue(otherAccount, { names: [freshName()], dns }),
    issue(account, { names: [freshName()], dns }),
  ]);
  await expect(openAccount(wrong, { store: new MemoryAccountStore() })).rejects.toMatchObject({
    code: "network",
    message: expect.stringMatching(/self[- ]signed|certificate/) as string,
  });
  await Promise.all([right.close(), wrong.close(), other.close()]);
});

test("a rate limit is an error with the CA's wait, not a sleep", async () => {
  const limited = await startAcmeCa({
    dnsServer: responder.address,
    faults: calm,
    rateLimits: { ordersPerAccount: { count: 1, perSeconds: 3600 } },
  });
  const own = new AcmeConnection({ directoryUrl: limited.directoryUrl, ca: limited.caPem });
  const ordering = await openAccount(own, { store: new MemoryAccountStore() });
  await createOrder(ordering, { names: [freshName()] as DomainName[] });
  const error: unknown = await createOrder(ordering, { names: [freshName()] as DomainName[] }).catch((e: unknown) => e);
  expect(error).toMatchObject({ code: "acme_rate_limited", facts: { type: "rateLimited", status: 429 } });
  expect((error as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(60_000);
  await Promise.all([own.close(), limited.close()]);
});

test("a hostile CA loses no order: 24 at 8 at a time", async () => {
  const hasty = { pendingRetryAfterSeconds: undefined, unavailableRetryAfterSeconds: 0 };
  ca.setFaults({ ...hostile, ...hasty, validationDelayMs: 50, issuanceDelayMs: 50, slowAnswerMs: 20 });
  const lanes = Array.from({ length: 8 }, async () => {
    for (let n = 0; n < 3; n++) {
      const name = freshName();
      await issue(account, { names: n === 0 ? [name, `*.${name}`] : [name], dns });
    }
  });
  await Promise.all(lanes).finally(() => ca.setFaults(calm));
});
