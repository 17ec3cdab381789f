/** Alternate chains and revocation at Pebble. */
import { X509Certificate } from "node:crypto";
import type { AcmeAccount } from "../../src/acme/account";
import { AcmeConnection } from "../../src/acme/connection";
import { openAccount } from "../../src/acme/open-account";
import { revokeCertificate } from "../../src/acme/revoke-certificate";
import { issue } from "../support/acme-issue";
import { MemoryAccountStore } from "../support/memory-account-store";
import { startPebble, type Pebble } from "../support/pebble";

let pebble: Pebble;
let connection: AcmeConnection;
let account: AcmeAccount;

beforeAll(async () => {
  pebble = await startPebble({ alternateRoots: 2 });
  connection = new AcmeConnection({ directoryUrl: pebble.directoryUrl, ca: pebble.ca });
  account = await openAccount(connection, { store: new MemoryAccountStore() });
});

afterAll(async () => {
  await connection.close();
  await pebble.stop();
});

test.each([0, 1, 2])("the chain that leads to root %i is found by the root's name", async (index) => {
  const root = new X509Certificate(await pebble.root(index));
  const preferredChain = /CN=(.*)/.exec(root.subject)?.[1] ?? "";
  const issued = await issue(account, { names: ["app.example.test"], dns: pebble, preferredChain });
  const certificates = issued.pem.match(/-----BEGIN[^]+?-----END CERTIFICATE-----/g) ?? [];
  expect(issued.isPreferred).toBe(true);
  expect(new X509Certificate(certificates.at(-1) ?? "").verify(root.publicKey)).toBe(true);
});

test("a chain that the CA does not have gives its default, and the result says so", async () => {
  const issued = await issue(account, { names: ["app.example.test"], dns: pebble, preferredChain: "Nobody's Root" });
  expect(issued.isPreferred).toBe(false);
  expect(issued.pem).toContain("BEGIN CERTIFICATE");
});

test("a revocation reaches the CA with its reason, and a second one changes nothing", async () => {
  const { pem } = await issue(account, { names: ["app.example.test"], dns: pebble });
  const serial = new X509Certificate(pem).serialNumber.toLowerCase();
  expect((await pebble.certificateStatus(serial)).Status).toBe("Valid");
  await expect(revokeCertificate(account, pem, { reason: "superseded" })).resolves.toBe("revoked");
  expect(await pebble.certificateStatus(serial)).toMatchObject({ Status: "Revoked", Reason: 4 });
  await expect(revokeCertificate(account, pem, { reason: "superseded" })).resolves.toBe("already revoked");
});

test("an account that has neither ordered a certificate nor proved control of its names is told who may revoke it", async () => {
  const { pem } = await issue(account, { names: ["app.example.test"], dns: pebble });
  const other = await openAccount(connection, { store: new MemoryAccountStore() });
  await expect(revokeCertificate(other, pem, { reason: "keyCompromise" })).rejects.toMatchObject({
    code: "acme_problem",
    hint: expect.stringContaining("use the account that ordered it") as string,
  });
  const serial = new X509Certificate(pem).serialNumber.toLowerCase();
  expect((await pebble.certificateStatus(serial)).Status).toBe("Valid");
});
