import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onePlace, placeText, readSecret, type SecretReference } from "../../../src/platform/secret-reference";

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "secret-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const wanted = { what: "the address", hint: "put it there" };
const sources = {
  environment: { URL: " https://a.example/x ", EMPTY: " " },
  readAwsSecret: (id: string) => Promise.resolve(id === "chat" ? "https://b.example/y" : undefined),
};

test("a secret is read from where it is, without the space around it", async () => {
  const path = join(folder, "url");
  writeFileSync(path, "https://c.example/z\n");
  const read = (reference: SecretReference) => readSecret(reference, wanted, sources);
  await expect(read({ kind: "environment", variable: "URL" })).resolves.toBe("https://a.example/x");
  await expect(read({ kind: "secrets-manager", secretArn: "chat" })).resolves.toBe("https://b.example/y");
  await expect(read({ kind: "file", path })).resolves.toBe("https://c.example/z");
});

test.each<[SecretReference, string, string]>([
  [
    { kind: "environment", variable: "EMPTY" },
    "invalid_config",
    "environment variable EMPTY does not hold the address",
  ],
  [{ kind: "environment", variable: "NONE" }, "invalid_config", "environment variable NONE does not hold the address"],
  [{ kind: "secrets-manager", secretArn: "none" }, "invalid_config", "secret none does not hold the address"],
  [{ kind: "file", path: "/nowhere/url" }, "missing_file", "cannot read the address in /nowhere/url"],
])("%j without it is told", async (reference, code, message) => {
  await expect(readSecret(reference, wanted, sources)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message) as string,
  });
});

test("a configuration names one place, and no other number of them", () => {
  expect(onePlace({ env: "URL" })).toEqual({ kind: "environment", variable: "URL" });
  expect(onePlace({ env: "URL", file: "url" })).toBeUndefined();
  expect(onePlace({})).toBeUndefined();
  expect(placeText({ kind: "file", path: "/run/url" })).toBe("/run/url");
});
