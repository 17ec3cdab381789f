import { X509Certificate } from "node:crypto";
import { CaInMemory, problemOf } from "../ca-in-memory";

test("a chain of two, a link to the alternate one, and back", async () => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const { serial } = await ca.obtain(signer, ["a.example.gov"]);
  const first = await ca.post(signer, ca.urls.certificate(serial));
  const second = await ca.post(signer, ca.urls.certificate(serial, 1));
  expect(first.headers).toMatchObject({
    "content-type": "application/pem-certificate-chain",
    link: [`<${ca.urls.certificate(serial, 1)}>;rel="alternate"`],
  });
  expect(second.headers?.link).toEqual([`<${ca.urls.certificate(serial)}>;rel="alternate"`]);
  const roots = ca.context.hierarchy.roots.map((pem) => new X509Certificate(pem));
  [first, second].forEach(({ body }, index) => {
    const [leaf, intermediate] = (body as string).split(/(?=-----BEGIN)/).map((pem) => new X509Certificate(pem));
    const root = roots[index];
    if (!leaf || !intermediate || !root) throw new Error("a certificate is missing");
    expect(leaf.checkIssued(intermediate) && leaf.verify(intermediate.publicKey)).toBe(true);
    expect(intermediate.checkIssued(root) && intermediate.verify(root.publicKey)).toBe(true);
  });
});

test("for the account that ordered it, and for certificates that exist", async () => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const { serial } = await ca.obtain(signer, ["a.example.gov"]);
  const other = await ca.account();
  expect(problemOf(await ca.post(other, ca.urls.certificate(serial)))).toEqual([403, "unauthorized"]);
  expect(problemOf(await ca.post(signer, ca.urls.certificate(serial, 2)))).toEqual([404, "malformed"]);
  expect(problemOf(await ca.post(signer, ca.urls.certificate("00")))).toEqual([404, "malformed"]);
});
