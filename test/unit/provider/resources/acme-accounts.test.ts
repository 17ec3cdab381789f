import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AcmeConnection } from "../../../../src/acme/connection";
import { accountOf } from "../../../../src/provider/resources/acme-accounts";
import { Engine } from "../../../../src/provider/resources/engine";
import { resolveSettings } from "../../../../src/provider/resources/settings";
import { certificateState } from "../../../support/certificate-state";
import { MemoryAccountStore } from "../../../support/memory-account-store";
import { ScriptedCa, type ScriptedAnswer } from "../../../support/scripted-ca";

const macKey = "c2VjcmV0LWtleS1vZi1hLXRlc3Q";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "accounts-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const created: ScriptedAnswer = {
  status: 201,
  headers: { location: "https://ca.test/account/1" },
  body: { status: "valid" },
};

interface Setup {
  readonly answers?: readonly ScriptedAnswer[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly store?: Parameters<typeof resolveSettings>[0]["account_store"];
}

function setUp({ answers = [created], environment = {}, store = null }: Setup = {}) {
  const config = { region: null, profile: null, assume_role: null, edge_dns: null, name_servers: null };
  const engine = new Engine(resolveSettings({ ...config, account_store: store }, environment, folder));
  const ca = new ScriptedCa(answers);
  const connection = new AcmeConnection({ directoryUrl: ca.directoryUrl, http: ca, sleep: async () => undefined });
  const secrets = new MemoryAccountStore();
  Object.assign(engine, {
    connection: () => connection,
    secrets: () => ({
      get: async (name: string) => (name === "acme" ? secrets.get() : name === "arn:hmac" ? macKey : undefined),
      createIfAbsent: (_: string, text: string) => secrets.createIfAbsent(text),
      put: (_: string, text: string) => secrets.replace(text),
    }),
  });
  return { engine, ca, secrets };
}

const { issuer } = certificateState();
const binding = { key_id: "k", hmac_key_env: null, hmac_key_file: null, hmac_key_secret_arn: null };

test("ten certificates at once make one account, in a file", async () => {
  const { engine, ca } = setUp();
  const accounts = await Promise.all(Array.from({ length: 10 }, () => accountOf(engine, issuer)));
  expect(new Set(accounts).size).toBe(1);
  expect([ca.signed.length, ca.unused]).toEqual([1, 0]);
  const again = setUp({ answers: [] });
  await expect(accountOf(again.engine, issuer)).resolves.toMatchObject({ url: "https://ca.test/account/1" });
});

test("in Secrets Manager", async () => {
  const { engine, secrets } = setUp({
    store: { file: null, environment: null, secrets_manager: { secret_name: "acme" } },
  });
  await accountOf(engine, issuer);
  expect(secrets.text).toContain("https://ca.test/account/1");
});

test("in the environment it is read, and must exist", async () => {
  const store = { file: null, environment: { variable: "ACME" }, secrets_manager: null };
  await expect(accountOf(setUp({ answers: [], store }).engine, issuer)).rejects.toMatchObject({ code: "acme_account" });
});

test.each([
  ["a variable", { hmac_key_env: "HMAC" }],
  ["a file", { hmac_key_file: "FILE" }],
  ["a secret", { hmac_key_secret_arn: "arn:hmac" }],
])("a binding with its key in %s", async (_, place) => {
  writeFileSync(join(folder, "hmac"), `${macKey}\n`);
  const { engine, ca } = setUp({ environment: { HMAC: ` ${macKey} ` } });
  const chosen = { ...place, ...("hmac_key_file" in place && { hmac_key_file: join(folder, "hmac") }) };
  await accountOf(engine, { ...issuer, external_account_binding: { ...binding, ...chosen } });
  expect(ca.signed[0]?.payload).toMatchObject({ externalAccountBinding: { signature: expect.any(String) as string } });
});

test.each([
  ["a variable that is not set", { hmac_key_env: "NOBODY" }, "invalid_config"],
  ["a variable that is empty", { hmac_key_env: "EMPTY" }, "invalid_config"],
  ["a file that is not there", { hmac_key_file: "/nowhere/hmac" }, "missing_file"],
  ["a secret that is not there", { hmac_key_secret_arn: "arn:none" }, "invalid_config"],
])("a binding with its key in %s is told before the CA is asked", async (_, place, code) => {
  const { engine, ca } = setUp({ answers: [], environment: { EMPTY: " " } });
  const bound = { ...issuer, external_account_binding: { ...binding, ...place } };
  await expect(accountOf(engine, bound)).rejects.toMatchObject({ code });
  expect(ca.signed).toEqual([]);
});

test("a failure is not remembered", async () => {
  const { engine } = setUp({ answers: [{ error: new Error("no answer") }, created] });
  await expect(accountOf(engine, issuer)).rejects.toThrow();
  await expect(accountOf(engine, issuer)).resolves.toMatchObject({ url: "https://ca.test/account/1" });
});
