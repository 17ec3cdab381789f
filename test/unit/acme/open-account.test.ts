import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateAccountKey } from "../../../src/acme/account-key";
import { environmentAccountStore } from "../../../src/acme/environment-account-store";
import { fileAccountStore } from "../../../src/acme/file-account-store";
import { openAccount } from "../../../src/acme/open-account";
import { rollOverAccountKey } from "../../../src/acme/roll-over-account-key";
import { formatStoredAccount, parseStoredAccount } from "../../../src/acme/stored-account";
import { MemoryAccountStore } from "../../support/memory-account-store";
import { scriptedAccount } from "../../support/scripted-account";
import { problem, scriptedDirectory, type ScriptedAnswer } from "../../support/scripted-ca";

const directoryUrl = "https://ca.test/directory";
const accountUrl = "https://ca.test/account/1";
const created: ScriptedAnswer = { status: 201, headers: { location: accountUrl }, body: { status: "valid" } };
const exists: ScriptedAnswer = { ...created, status: 200 };
const valid: ScriptedAnswer = { body: { status: "valid" } };

test("the key is in the store before the CA hears of it, and the account's URL after", async () => {
  const store = new MemoryAccountStore();
  const { connection, ca } = await scriptedAccount([created]);
  const account = await openAccount(connection, { store, contactEmails: ["tls@example.test"] });
  expect(account.url).toBe(accountUrl);
  expect(ca.signed[0]).toMatchObject({
    url: "https://ca.test/new-account",
    payload: { termsOfServiceAgreed: true, contact: ["mailto:tls@example.test"] },
  });
  const [before, after] = store.written.map((text) => parseStoredAccount(text, "memory", directoryUrl));
  expect(before).toMatchObject({ directoryUrl, accountUrl: undefined });
  expect(after).toMatchObject({ accountUrl, contactEmails: ["tls@example.test"], privateKey: before?.privateKey });
});

test("a run that crashed before the CA answered goes on with the same key", async () => {
  const privateKey = await generateAccountKey();
  const store = new MemoryAccountStore(formatStoredAccount({ directoryUrl, contactEmails: [], privateKey }));
  const { connection } = await scriptedAccount([exists, valid]);
  await openAccount(connection, { store });
  expect(JSON.parse(store.text ?? "")).toMatchObject({ accountUrl, privateKey });
});

test("whoever loses the race for the store takes the winner's key", async () => {
  const privateKey = await generateAccountKey();
  class RacedStore extends MemoryAccountStore {
    override async createIfAbsent() {
      this.text = formatStoredAccount({ directoryUrl, accountUrl, contactEmails: [], privateKey });
      return false;
    }
  }
  const store = new RacedStore();
  const { connection, ca } = await scriptedAccount([]);
  await expect(openAccount(connection, { store })).resolves.toMatchObject({ url: accountUrl });
  expect(ca.signed).toEqual([]);
});

test("a registration that ends late leaves what another run has written since", async () => {
  const privateKey = await generateAccountKey();
  const store = new MemoryAccountStore(formatStoredAccount({ directoryUrl, contactEmails: [], privateKey }));
  const newer = formatStoredAccount({ directoryUrl, accountUrl, contactEmails: ["x@y.test"], privateKey });
  const { connection, ca } = await scriptedAccount([exists, valid]);
  const send = ca.send.bind(ca);
  ca.send = async (request) => {
    if (request.method === "POST") store.text = newer;
    return send(request);
  };
  await openAccount(connection, { store });
  expect(store.text).toBe(newer);
});

test("a read-only store's account must exist, and is never made", async () => {
  const key = await generateAccountKey();
  const store = environmentAccountStore("KEY", { KEY: key });
  const found = await scriptedAccount([exists, valid]);
  await expect(openAccount(found.connection, { store })).resolves.toMatchObject({ url: accountUrl });
  expect(found.ca.signed[0]?.payload).toEqual({ onlyReturnExisting: true });
  const unknown = await scriptedAccount([problem("accountDoesNotExist")]);
  await expect(openAccount(unknown.connection, { store })).rejects.toMatchObject({ code: "acme_account" });
  const empty = environmentAccountStore("KEY", { KEY: "" });
  await expect(openAccount(unknown.connection, { store: empty })).rejects.toMatchObject({
    code: "acme_account",
    message: "there is no ACME account in environment variable KEY",
  });
});

test("an account that exists but is deactivated is refused", async () => {
  const store = environmentAccountStore("KEY", { KEY: await generateAccountKey() });
  const { connection } = await scriptedAccount([exists, { body: { status: "deactivated" } }]);
  await expect(openAccount(connection, { store })).rejects.toMatchObject({
    code: "acme_account",
    message: `the ACME account ${accountUrl} is deactivated`,
  });
});

test("a missing binding is said before the CA is asked", async () => {
  const directory = { ...scriptedDirectory, meta: { externalAccountRequired: true } };
  const { connection, ca } = await scriptedAccount([], directory);
  await expect(openAccount(connection, { store: new MemoryAccountStore() })).rejects.toMatchObject({
    code: "acme_account",
    hint: "give the external account binding (key ID and MAC key) that the CA issued to you",
  });
  expect(ca.signed).toEqual([]);
});

test("a CA that knows neither key of a rollover is an error, and the store keeps both", async () => {
  const [privateKey, nextPrivateKey] = [await generateAccountKey(), await generateAccountKey()];
  const text = formatStoredAccount({ directoryUrl, accountUrl, contactEmails: [], privateKey, nextPrivateKey });
  const store = new MemoryAccountStore(text);
  const { connection } = await scriptedAccount([problem("malformed"), problem("unauthorized", 401)]);
  await expect(openAccount(connection, { store })).rejects.toMatchObject({ code: "acme_account" });
  expect(store.text).toBe(text);
});

test("a CA that cannot be asked decides nothing about a rollover", async () => {
  const [privateKey, nextPrivateKey] = [await generateAccountKey(), await generateAccountKey()];
  const text = formatStoredAccount({ directoryUrl, accountUrl, contactEmails: [], privateKey, nextPrivateKey });
  const store = new MemoryAccountStore(text);
  const { connection } = await scriptedAccount(Array.from({ length: 4 }, () => ({ status: 500 })));
  await expect(openAccount(connection, { store })).rejects.toMatchObject({ code: "acme_problem", retryable: true });
  expect(store.text).toBe(text);
});

test("a rollover writes the next key first, and forgets the old one last", async () => {
  const privateKey = await generateAccountKey();
  const store = new MemoryAccountStore(
    formatStoredAccount({ directoryUrl, accountUrl, contactEmails: [], privateKey }),
  );
  const { connection, ca } = await scriptedAccount([valid]);
  const account = await openAccount(connection, { store });
  await rollOverAccountKey(account, store);
  const [rolling, done] = store.written.map((text) => parseStoredAccount(text, "memory", directoryUrl));
  expect(rolling).toMatchObject({ privateKey });
  expect(rolling?.nextPrivateKey).not.toBe(privateKey);
  expect(done).toMatchObject({ privateKey: rolling?.nextPrivateKey });
  expect(done).not.toHaveProperty("nextPrivateKey");
  expect(ca.signed.map(({ url }) => url)).toEqual(["https://ca.test/key-change"]);
});

test("a refused rollover leaves the account as it was", async () => {
  const privateKey = await generateAccountKey();
  const store = new MemoryAccountStore(
    formatStoredAccount({ directoryUrl, accountUrl, contactEmails: [], privateKey }),
  );
  const { connection } = await scriptedAccount([problem("badPublicKey"), valid]);
  const account = await openAccount(connection, { store });
  await expect(rollOverAccountKey(account, store)).rejects.toMatchObject({ facts: { type: "badPublicKey" } });
  expect(JSON.parse(store.text ?? "")).toMatchObject({ privateKey });
});

test.each([
  ["nothing we wrote", "{}", "it is not an account that we wrote, nor a key in PEM"],
  ["no JSON", "hello", "it is not an account that we wrote, nor a key in PEM"],
  ["a broken key", JSON.stringify({ version: 1, directoryUrl, privateKey: "-----BEGIN" }), "it is not an account"],
  [
    "a certificate",
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    "its PEM text is not a private key",
  ],
])("a store that holds %s is refused without quoting it", (_what, text, why) => {
  expect(() => parseStoredAccount(text, "the place", directoryUrl)).toThrow(
    expect.objectContaining({
      code: "acme_account",
      message: expect.stringContaining(`the ACME account in the place cannot be used: ${why}`) as string,
    }) as Error,
  );
});

test("an account of another CA is refused, and both CAs are named", async () => {
  const privateKey = await generateAccountKey();
  const text = formatStoredAccount({ directoryUrl: "https://other.test/dir", contactEmails: [], privateKey });
  expect(() => parseStoredAccount(text, "the place", directoryUrl)).toThrow(
    "it belongs to https://other.test/dir, not to https://ca.test/directory",
  );
});

test("the file store keeps one private file per directory URL", async () => {
  const folder = await mkdtemp(join(tmpdir(), "accounts-"));
  const stores = ["https://ca.test/a", "https://ca.test/b"].map((url) => fileAccountStore(folder, url));
  expect(await Promise.all(stores.map((store) => store.createIfAbsent("text")))).toEqual([true, true]);
  expect(await stores[0]?.createIfAbsent("other")).toBe(false);
  expect(await stores[0]?.get()).toBe("text");
  await stores[0]?.replace("newer");
  expect(await Promise.all(stores.map((store) => store.get()))).toEqual(["newer", "text"]);
  const files = await readdir(folder);
  expect(files.sort()).toEqual([
    expect.stringMatching(/^ca\.test-[0-9a-f]{16}\.json$/),
    expect.stringMatching(/^ca\.test-[0-9a-f]{16}\.json$/),
  ]);
  expect((await stat(join(folder, files[0] ?? ""))).mode & 0o777).toBe(0o600);
  await rm(folder, { recursive: true });
});
