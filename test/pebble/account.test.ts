/** Life of an account at Pebble: made once, bound, its contact and key changed, ended. */
import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateAccountKey } from "../../src/acme/account-key";
import { AcmeConnection } from "../../src/acme/connection";
import { createOrder } from "../../src/acme/create-order";
import { deactivateAccount } from "../../src/acme/deactivate-account";
import { environmentAccountStore } from "../../src/acme/environment-account-store";
import { fileAccountStore } from "../../src/acme/file-account-store";
import { openAccount } from "../../src/acme/open-account";
import { rollOverAccountKey } from "../../src/acme/roll-over-account-key";
import type { DomainName } from "../../src/certificates/domain-name";
import { MemoryAccountStore } from "../support/memory-account-store";
import { startPebble, type Pebble } from "../support/pebble";

const macKey = createHmac("sha256", "test").update("eab").digest("base64url");
const names = ["app.example.test"] as DomainName[];
let pebble: Pebble;
let boundPebble: Pebble;
let connection: AcmeConnection;
let boundConnection: AcmeConnection;
let folder: string;

beforeAll(async () => {
  [pebble, boundPebble] = await Promise.all([startPebble(), startPebble({ externalAccountKeys: { "kid-1": macKey } })]);
  connection = new AcmeConnection({ directoryUrl: pebble.directoryUrl, ca: pebble.ca });
  boundConnection = new AcmeConnection({ directoryUrl: boundPebble.directoryUrl, ca: boundPebble.ca });
  folder = await mkdtemp(join(tmpdir(), "accounts-"));
});

afterAll(async () => {
  await Promise.all([connection.close(), boundConnection.close(), pebble.stop(), boundPebble.stop()]);
  await rm(folder, { recursive: true });
});

test("parallel first runs on one file make one account, and each can order with it", async () => {
  const store = fileAccountStore(folder, pebble.directoryUrl);
  const runs = Array.from({ length: 8 }, async () => {
    const own = new AcmeConnection({ directoryUrl: pebble.directoryUrl, ca: pebble.ca });
    const account = await openAccount(own, { store });
    await createOrder(account, { names });
    await own.close();
    return account.url;
  });
  expect(new Set(await Promise.all(runs)).size).toBe(1);
});

test("an account that is in the store costs no request", async () => {
  const store = new MemoryAccountStore();
  await openAccount(connection, { store, contactEmails: ["a@example.test"] });
  const before = connection.requests;
  await openAccount(connection, { store, contactEmails: ["a@example.test"] });
  expect(connection.requests).toBe(before);
});

test("a new contact is told to the CA once", async () => {
  const store = new MemoryAccountStore();
  await openAccount(connection, { store, contactEmails: ["a@example.test"] });
  const account = await openAccount(connection, { store, contactEmails: ["b@example.test"] });
  const { value } = await account.call("read the account", (client) => client.updateAccount());
  expect(value.contact).toEqual(["mailto:b@example.test"]);
  expect(store.text).toContain("b@example.test");
});

test("a bare key in the environment finds its account, and one that the CA does not know is refused", async () => {
  const store = new MemoryAccountStore();
  const made = await openAccount(connection, { store });
  const { privateKey } = JSON.parse(store.text ?? "") as { privateKey: string };
  const found = await openAccount(connection, { store: environmentAccountStore("KEY", { KEY: privateKey }) });
  expect(found.url).toBe(made.url);
  await expect(
    openAccount(boundConnection, { store: environmentAccountStore("KEY", { KEY: privateKey }) }),
  ).rejects.toMatchObject({ code: "acme_account", facts: { type: "accountDoesNotExist" } });
});

test("the external account binding is asked for, checked and used", async () => {
  const open = (externalAccountBinding?: { keyId: string; macKey: string }) =>
    openAccount(boundConnection, { store: new MemoryAccountStore(), externalAccountBinding });
  await expect(open()).rejects.toMatchObject({
    code: "acme_account",
    hint: expect.stringContaining("key ID and MAC key") as string,
  });
  await expect(open({ keyId: "kid-1", macKey: "not base64url!" })).rejects.toMatchObject({ code: "invalid_config" });
  await expect(open({ keyId: "kid-1", macKey: "A".repeat(43) })).rejects.toMatchObject({
    message: expect.stringContaining("cannot register the ACME account in memory at ") as string,
  });
  const account = await open({ keyId: "kid-1", macKey });
  await expect(createOrder(account, { names })).resolves.toMatchObject({ status: "pending" });
});

test("after a key rollover the new key signs, and the store opens with it", async () => {
  const store = new MemoryAccountStore();
  const account = await openAccount(connection, { store });
  const before = store.text ?? "";
  await rollOverAccountKey(account, store);
  await expect(createOrder(account, { names })).resolves.toMatchObject({ status: "pending" });
  const reopened = await openAccount(connection, { store });
  await expect(createOrder(reopened, { names })).resolves.toMatchObject({ status: "pending" });
  const old = await openAccount(connection, { store: new MemoryAccountStore(before) });
  await expect(createOrder(old, { names })).rejects.toMatchObject({ code: "acme_problem" });
});

test("a rollover that crashed after the CA changed the key is repaired at the next start", async () => {
  const store = new MemoryAccountStore();
  await rollOverAccountKey(await openAccount(connection, { store }), store);
  const crashed = new MemoryAccountStore(store.written.at(-2));
  expect(crashed.text).toContain("nextPrivateKey");
  const account = await openAccount(connection, { store: crashed });
  await expect(createOrder(account, { names })).resolves.toMatchObject({ status: "pending" });
  expect(crashed.text).toBe(store.text);
});

test("a rollover that crashed before the CA heard of it goes on with the same next key", async () => {
  const store = new MemoryAccountStore();
  await openAccount(connection, { store });
  const nextPrivateKey = await generateAccountKey();
  const rolling = JSON.stringify({ ...(JSON.parse(store.text ?? "") as object), nextPrivateKey });
  const crashed = new MemoryAccountStore(rolling);
  const account = await openAccount(connection, { store: crashed });
  await expect(createOrder(account, { names })).resolves.toMatchObject({ status: "pending" });
  expect(crashed.text).toBe(rolling);
  await rollOverAccountKey(account, crashed);
  expect(JSON.parse(crashed.text ?? "")).toMatchObject({ privateKey: nextPrivateKey });
  await expect(createOrder(account, { names })).resolves.toMatchObject({ status: "pending" });
});

test("a deactivated account is named as such", async () => {
  const store = new MemoryAccountStore();
  const account = await openAccount(connection, { store });
  await deactivateAccount(account);
  const reopened = await openAccount(connection, { store });
  await expect(createOrder(reopened, { names })).rejects.toMatchObject({
    code: "acme_account",
    message: expect.stringContaining("is deactivated") as string,
  });
});
