import { chainPem, checkIssued, parseCertificateChain } from "../../../src/certificates/certificate-chain";
import { parseDomainName } from "../../../src/certificates/domain-name";
import { createTestCa, type TestCa, type TestLeaf } from "../../support/test-certificates";

let ca: TestCa;
let leaf: TestLeaf;
const names = ["app.example.gov", "*.app.example.gov"];

beforeAll(async () => {
  ca = await createTestCa();
  leaf = await ca.leaf({ names, serial: "00c0ffee", keyUsage: ["digitalSignature", "keyEncipherment"] });
});

test("a chain is read and written back", () => {
  const chain = parseCertificateChain(`junk\n${leaf.chainPem}`);
  expect(chain.intermediatesPem).toHaveLength(1);
  expect(chainPem(chain)).toBe(leaf.chainPem);
  expect(chain.leaf).toMatchObject({
    serial: "00c0ffee",
    names,
    keyAlgorithm: "EC_prime256v1",
    keyUsage: ["digitalSignature", "keyEncipherment"],
    extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"],
    authorityKeyId: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
});

test("a chain in the wrong order, or of strangers, is refused", async () => {
  const other = await createTestCa();
  for (const pem of [ca.intermediatePem + leaf.leafPem, leaf.leafPem + other.intermediatePem, "no PEM"])
    expect(() => parseCertificateChain(pem)).toThrow(
      expect.objectContaining({ code: "certificate_malformed" }) as Error,
    );
});

test.each<[string, () => Promise<{ pem: string; key: string }>, string]>([
  ["another key", async () => ({ pem: leaf.chainPem, key: (await ca.leaf()).privateKeyPem }), "public key is not ours"],
  ["a name missing", () => issued({ names: ["app.example.gov"] }), "does not hold *.app.example.gov"],
  ["expired", () => issued({ notAfter: new Date("2026-01-01") }), "ended on"],
  ["not valid yet", () => issued({ notBefore: new Date("2031-01-01") }), "begins only on"],
  ["no intermediate", async () => ({ pem: leaf.leafPem, key: leaf.privateKeyPem }), "no intermediate"],
])("what the CA delivered is refused: %s", async (_, make, why) => {
  const { pem, key } = await make();
  const check = () => checkIssued(parseCertificateChain(pem), expected(key));
  expect(check).toThrow(
    expect.objectContaining({ code: "certificate_mismatch", message: expect.stringContaining(why) as string }) as Error,
  );
});

test("what we asked for is accepted", () => {
  expect(() => checkIssued(parseCertificateChain(leaf.chainPem), expected(leaf.privateKeyPem))).not.toThrow();
});

function expected(privateKey: string) {
  return { names: names.map(parseDomainName), privateKey, now: new Date("2030-01-01") };
}

async function issued(options: Parameters<TestCa["leaf"]>[0]) {
  const made = await ca.leaf({ names, ...options });
  return { pem: made.chainPem, key: made.privateKeyPem };
}
