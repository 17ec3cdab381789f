import { createPublicKey } from "node:crypto";
import * as acme from "acme-client";
import { AcmeProblem } from "../../../../../src/sandbox/acme-ca/problems";
import { parseSigningRequest } from "../../../../../src/sandbox/acme-ca/issuing/certificate-signing-request";

const der = (pem: Buffer) => Buffer.from(acme.crypto.getPemBodyAsB64u(pem), "base64url");

test.each([
  ["P-256", () => acme.crypto.createPrivateEcdsaKey("P-256")],
  ["P-384", () => acme.crypto.createPrivateEcdsaKey("P-384")],
  ["RSA", () => acme.crypto.createPrivateRsaKey()],
])("a %s request: key and names", async (_, newKey) => {
  const key = await newKey();
  const altNames = ["a.example.gov", "*.A.example.gov"];
  const [, csr] = await acme.crypto.createCsr({ commonName: "a.example.gov", altNames }, key);
  const request = parseSigningRequest(der(csr));
  expect(request.commonName).toBe("a.example.gov");
  expect(request.names).toEqual(["a.example.gov", "*.a.example.gov"]);
  expect(request.publicKey.equals(createPublicKey(key))).toBe(true);
});

test.each<[string, () => Promise<Buffer>, RegExp]>([
  ["an IP address", () => csrWith(["192.0.2.1"]), /names other than DNS names/],
  ["garbage", async () => Buffer.from("garbage"), /not a PKCS #10/],
  ["an empty text", async () => Buffer.alloc(0), /not a PKCS #10/],
  ["a cut text", async () => (await csrWith(["a.example.gov"])).subarray(0, -5), /not a PKCS #10/],
  ["a tail", async () => Buffer.concat([await csrWith(["a.example.gov"]), Buffer.from([0])]), /not a PKCS #10/],
  ["an indefinite length", async () => Buffer.from("3080020100", "hex"), /not a PKCS #10/],
  ["an altered name", async () => altered(await csrWith(["a.example.gov"])), /signature of the request/],
])("%s is a badCSR", async (_, csr, message) => {
  const bytes = await csr();
  expect(() => parseSigningRequest(bytes)).toThrow(message);
  expect(() => parseSigningRequest(bytes)).toThrow(AcmeProblem);
});

async function csrWith(altNames: string[]): Promise<Buffer> {
  return der((await acme.crypto.createCsr({ altNames }, await acme.crypto.createPrivateEcdsaKey()))[1]);
}

function altered(csr: Buffer): Buffer {
  const at = csr.lastIndexOf("a.example.gov");
  const copy = Buffer.from(csr);
  copy[at] = "b".charCodeAt(0);
  return copy;
}
