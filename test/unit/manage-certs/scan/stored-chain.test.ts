import { nameOf, readMaterial } from "../../../../src/manage-certs/scan/stored-chain";
import { createTestCa } from "../../../support/test-certificates";

test("a chain to the root, and the ways in which it breaks", async () => {
  const [ca, other] = [await createTestCa(), await createTestCa()];
  const { leafPem } = await ca.leaf();
  const chain = (chainPem: string) => readMaterial({ certificatePem: leafPem, chainPem }).chain;
  expect(chain(ca.intermediatePem)).toMatchObject({ intermediates: 1, broken: undefined });
  expect(chain(ca.intermediatePem + ca.rootPem)).toMatchObject({ intermediates: 2, broken: undefined });
  expect(chain("")).toMatchObject({ intermediates: 0, broken: "the intermediate Test Intermediate is missing" });
  expect(chain(other.intermediatePem).broken).toMatch(/is not signed by the one after it, Test Intermediate$/);
  expect(chain(ca.intermediatePem).authorityKeyId).toMatch(/^[0-9a-f]{40}$/);
});

test("a certificate that signed itself needs no other", async () => {
  const { rootPem } = await createTestCa();
  expect(readMaterial({ certificatePem: rootPem, chainPem: "" }).chain.broken).toBeUndefined();
});

test("a name is its common name, else all of it", () => {
  expect(nameOf("C=US\nO=Let's Encrypt\nCN=R10")).toBe("R10");
  expect(nameOf("C=US\nO=Example")).toBe("C=US, O=Example");
});
