import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AcmeConnection } from "../../../src/acme/connection";
import { accountOf } from "../../../src/issuance/acme-accounts";
import { Engine } from "../../../src/issuance/engine";
import type { EngineSettings } from "../../../src/issuance/engine-settings";
import type { SecretReference } from "../../../src/platform/secret-reference";
import { MemoryAccountStore } from "../../support/memory-account-store";
import { ScriptedCa, type ScriptedAnswer } from "../../support/scripted-ca";

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
  readonly accountPlace?: EngineSettings["accountPlace"];
}

function setUp({ answers = [created], environment = {}, accountPlace = { kind: "file", folder } }: Setup = {}) {
  const engine = new Engine({ edgeDns: {}, accountPlace, journalFolder: folder, environment, homeFolder: folder });
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

const issuer = { directoryUrl: "https://ca.test/directory", contactEmail: "tls@example.test" };

test("ten certificates at once make one account, in a file", async () => {
  const { engine, ca } = setUp();
  const accounts = await Promise.all(Array.from({ length: 10 }, () => accountOf(engine, issuer)));
  expect(new Set(accounts).size).toBe(1);
  expect([ca.signed.length, ca.unused]).toEqual([1, 0]);
  const again = setUp({ answers: [] });
  await expect(accountOf(again.engine, issuer)).resolves.toMatchObject({ url: "https://ca.test/account/1" });
});

test("in Secrets Manager", async () => {
  const { engine, secrets } = setUp({ accountPlace: { kind: "secrets-manager", secretName: "acme" } });
  await accountOf(engine, issuer);
  expect(secrets.text).toContain("https://ca.test/account/1");
});

test("in the environment it is read, and must exist", async () => {
  const accountPlace = { kind: "environment", variable: "ACME" } as const;
  await expect(accountOf(setUp({ answers: [], accountPlace }).engine, issuer)).rejects.toMatchObject({
    code: "acme_account",
  });
});

test.each<[string, (folder: string) => SecretReference]>([
  ["a variable", () => ({ kind: "environment", variable: "HMAC" })],
  ["a file", (folder) => ({ kind: "file", path: join(folder, "hmac") })],
  ["a secret", () => ({ kind: "secrets-manager", secretArn: "arn:hmac" })],
])("a binding with its key in %s", async (_, placeIn) => {
  writeFileSync(join(folder, "hmac"), `${macKey}\n`);
  const { engine, ca } = setUp({ environment: { HMAC: ` ${macKey} ` } });
  await accountOf(engine, { ...issuer, externalAccountBinding: { keyId: "k", macKey: placeIn(folder) } });
  expect(ca.signed[0]?.payload).toMatchObject({ externalAccountBinding: { signature: expect.any(String) as string } });
});

test.each<[string, SecretReference, string]>([
  ["a variable that is not set", { kind: "environment", variable: "NOBODY" }, "invalid_config"],
  ["a variable that is empty", { kind: "environment", variable: "EMPTY" }, "invalid_config"],
  ["a file that is not there", { kind: "file", path: "/nowhere/hmac" }, "missing_file"],
  ["a secret that is not there", { kind: "secrets-manager", secretArn: "arn:none" }, "invalid_config"],
])("a binding with its key in %s is told before the CA is asked", async (_, place, code) => {
  const { engine, ca } = setUp({ answers: [], environment: { EMPTY: " " } });
  const bound = { ...issuer, externalAccountBinding: { keyId: "k", macKey: place } };
  await expect(accountOf(engine, bound)).rejects.toMatchObject({ code });
  expect(ca.signed).toEqual([]);
});

test("a failure is not remembered", async () => {
  const { engine } = setUp({ answers: [{ error: new Error("no answer") }, created] });
  await expect(accountOf(engine, issuer)).rejects.toThrow();
  await expect(accountOf(engine, issuer)).resolves.toMatchObject({ url: "https://ca.test/account/1" });
});
