/** Certificates from Pebble, end to end: validated over DNS, key and chain checked. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import type { AcmeAccount } from "../../src/acme/account";
import { AcmeConnection } from "../../src/acme/connection";
import { createOrder } from "../../src/acme/create-order";
import { getOrder } from "../../src/acme/get-order";
import { openAccount } from "../../src/acme/open-account";
import { issuableKeyAlgorithms } from "../../src/certificates/key-algorithm";
import type { DomainName } from "../../src/certificates/domain-name";
import { issue } from "../support/acme-issue";
import { MemoryAccountStore } from "../support/memory-account-store";
import { startPebble, type Pebble } from "../support/pebble";

let pebble: Pebble;
let connection: AcmeConnection;
let account: AcmeAccount;

beforeAll(async () => {
  pebble = await startPebble({ blockedDomains: ["blocked.example.test"] });
  connection = new AcmeConnection({ directoryUrl: pebble.directoryUrl, ca: pebble.ca });
  account = await openAccount(connection, { store: new MemoryAccountStore(), contactEmails: ["tls@example.test"] });
});

afterAll(async () => {
  await connection.close();
  await pebble.stop();
});

test("apex and wildcard in one order: two values at one name, a chain that ends at the CA's root", async () => {
  const names = ["app.example.test", "*.app.example.test"];
  const issued = await issue(account, { names, dns: pebble });
  const [leaf, intermediate] = issued.pem.match(/-----BEGIN[^]+?-----END CERTIFICATE-----/g) ?? [];
  const certificate = new X509Certificate(leaf ?? "");
  expect(issued.answered).toBe(2);
  expect(certificate.subjectAltName?.split(", ").sort()).toEqual(["DNS:*.app.example.test", "DNS:app.example.test"]);
  expect(certificate.checkPrivateKey(createPrivateKey(issued.privateKeyPem))).toBe(true);
  expect(certificate.verify(new X509Certificate(intermediate ?? "").publicKey)).toBe(true);
  expect(new X509Certificate(intermediate ?? "").verify(new X509Certificate(await pebble.root(0)).publicKey)).toBe(
    true,
  );
});

test.each(issuableKeyAlgorithms)("a certificate for a key of %s", async (keyAlgorithm) => {
  const name = `${keyAlgorithm.toLowerCase().replaceAll("_", "-")}.example.test`;
  const issued = await issue(account, { names: [name], dns: pebble, keyAlgorithm });
  const certificate = new X509Certificate(issued.pem);
  expect(certificate.checkPrivateKey(createPrivateKey(issued.privateKeyPem))).toBe(true);
  expect(certificate.subjectAltName).toBe(`DNS:${name}`);
});

test("in steady state a certificate costs at most 8 requests and no new connection", async () => {
  await issue(account, { names: ["first.example.test"], dns: pebble, firstDelayMs: 100 });
  const before = { requests: connection.requests, connections: connection.connectionsOpened };
  for (let n = 0; n < 5; n++) await issue(account, { names: [`n${n}.example.test`], dns: pebble, firstDelayMs: 100 });
  expect((connection.requests - before.requests) / 5).toBeLessThanOrEqual(8);
  expect(connection.connectionsOpened - before.connections).toBe(0);
});

test("a name that the CA blocks is refused, with the CA's reason", async () => {
  const names = ["good.example.test", "www.blocked.example.test"] as DomainName[];
  await expect(createOrder(account, { names })).rejects.toMatchObject({
    code: "acme_problem",
    message: expect.stringMatching(
      /^cannot create the order for good\.example\.test, www\.blocked\.example\.test: .*blocked/i,
    ) as string,
    retryable: false,
    facts: { type: "rejectedIdentifier", status: 400 },
  });
});

test("a record that is not there fails the order, and the error names the name", async () => {
  const dns = { setTxt: async () => undefined, clearTxt: async () => undefined };
  await expect(issue(account, { names: ["nothing.example.test"], dns })).rejects.toMatchObject({
    code: "acme_challenge_failed",
    message: expect.stringContaining("the CA could not validate nothing.example.test: ") as string,
    facts: { identifier: "nothing.example.test", type: "unauthorized" },
  });
});

test("an order can be read again by its URL alone", async () => {
  const order = await createOrder(account, { names: ["later.example.test"] as DomainName[] });
  const again = await getOrder(account, order.url);
  expect(again).toMatchObject({ status: "pending", names: ["later.example.test"], finalizeUrl: order.finalizeUrl });
  expect(again.authorizationUrls).toEqual(order.authorizationUrls);
});
