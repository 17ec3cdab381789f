import { X509Certificate, createPrivateKey } from "node:crypto";
import { createThrowawayCa } from "../../../src/sandbox/throwaway-tls";

test("a throw-away CA issues certificates that chain to it and hold names and addresses", async () => {
  const ca = await createThrowawayCa();
  const identity = await ca.issue(["localhost", "127.0.0.1"]);
  const root = new X509Certificate(ca.caPem);
  const leaf = new X509Certificate(identity.certPem);
  expect(leaf.verify(root.publicKey)).toBe(true);
  expect(leaf.checkIssued(root)).toBe(true);
  expect(leaf.checkHost("localhost")).toBe("localhost");
  expect(leaf.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(leaf.checkPrivateKey(createPrivateKey(identity.keyPem))).toBe(true);
  expect(leaf.ca).toBe(false);
});

test("no two are alike", async () => {
  const [one, other] = await Promise.all([createThrowawayCa(), createThrowawayCa()]);
  expect(one.caPem).not.toBe(other.caPem);
});
