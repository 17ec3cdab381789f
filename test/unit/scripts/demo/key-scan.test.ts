import { generateKeyPairSync } from "node:crypto";
import { zipSync } from "fflate";
import { formsOf, scanForKeys } from "../../../../scripts/demo/key-scan";

const newKey = () =>
  generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();

const key = newKey();

test.each<[string, string]>([
  ...formsOf(key).map(({ form, text }) => [form, `before ${text} after`] as [string, string]),
  ["a PEM block in JSON", JSON.stringify({ a: key })],
  ["upper-case hex", (formsOf(key)[1]?.text ?? "").toUpperCase()],
])("found: %s", (_, text) => {
  expect(scanForKeys("file", Buffer.from(text), [key])).not.toEqual([]);
});

test("found inside a zip, with the entry's name", () => {
  const [hit] = scanForKeys("plan", zipSync({ tfstate: Buffer.from(formsOf(key)[0]?.text ?? "") }), [key]);
  expect(hit).toEqual({ place: "plan!tfstate", form: "base64 of the DER" });
});

test("any PEM block of a private key counts, whoever's it is", () => {
  expect(scanForKeys("file", Buffer.from(newKey()), [key])).toEqual([{ place: "file", form: "PEM" }]);
});

test("public text is no hit", () => {
  const text = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\nprivate key";
  expect(scanForKeys("file", Buffer.from(text), [key])).toEqual([]);
});
