import * as acme from "acme-client";
import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { CaInMemory, csrFor, problemOf, Signer } from "../ca-in-memory";

const encoded = (chain: string) => new X509Certificate(chain).raw.toString("base64url");

async function issued(names = ["a.example.gov"]) {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const { serial, chain } = await ca.obtain(signer, names);
  const revocation = () => ca.management.certificates()[0]?.revocation;
  return { ca, signer, serial, certificate: encoded(chain), revocation };
}

test.each([undefined, 0, 1, 4, 5])("the account revokes with reason %p", async (reason) => {
  const { ca, signer, certificate, revocation } = await issued();
  expect((await ca.post(signer, ca.urls.revokeCert, { certificate, reason })).status).toBe(200);
  expect(revocation()).toEqual({ at: ca.now, reason: reason ?? 0 });
  expect(problemOf(await ca.post(signer, ca.urls.revokeCert, { certificate }))).toEqual([400, "alreadyRevoked"]);
});

test.each([2, 3, 6, 7, 9, 10, 99, -1, "1"])("reason %p is not for subscribers", async (reason) => {
  const { ca, signer, certificate, revocation } = await issued();
  const answer = await ca.post(signer, ca.urls.revokeCert, { certificate, reason });
  expect(problemOf(answer)).toEqual([400, "badRevocationReason"]);
  expect(revocation()).toBeUndefined();
});

test("another account may revoke only with proof of control over every name", async () => {
  const { ca, certificate, revocation } = await issued(["a.example.gov", "*.a.example.gov"]);
  const other = await ca.account();
  await ca.prove(other, await ca.order(other, ["a.example.gov"]));
  expect(problemOf(await ca.post(other, ca.urls.revokeCert, { certificate }))).toEqual([403, "unauthorized"]);
  await ca.prove(other, await ca.order(other, ["*.a.example.gov"]));
  expect((await ca.post(other, ca.urls.revokeCert, { certificate, reason: 5 })).status).toBe(200);
  expect(revocation()?.reason).toBe(5);
});

test("the certificate's key revokes as compromised, and is refused ever after", async () => {
  const ca = new CaInMemory();
  const account = await ca.account();
  const pem = await acme.crypto.createPrivateEcdsaKey();
  const csr = await csrFor(["a.example.gov"], pem);
  const order = await ca.order(account, ["a.example.gov"]);
  await ca.prove(account, order);
  await ca.finalize(account, order, csr);
  const privateKey = createPrivateKey(pem);
  const holder = new Signer("ES256", { privateKey, publicKey: createPublicKey(privateKey) });
  const [record] = ca.management.certificates();
  const certificate = encoded(record?.chain ?? "");
  const stranger = await ca.post(new Signer(), ca.urls.revokeCert, { certificate });
  expect(problemOf(stranger)).toEqual([403, "unauthorized"]);
  expect((await ca.post(holder, ca.urls.revokeCert, { certificate, reason: 4 })).status).toBe(200);
  expect(ca.management.certificates()[0]?.revocation?.reason).toBe(1);
  const next = await ca.order(account, ["b.example.gov"]);
  await ca.prove(account, next);
  const again = await csrFor(["b.example.gov"], pem);
  expect(problemOf(await ca.finalize(account, next, again))).toEqual([400, "badCSR"]);
});

test("what was not issued here cannot be revoked", async () => {
  const { ca, signer } = await issued();
  expect(problemOf(await ca.post(signer, ca.urls.revokeCert, { certificate: "AAAA" }))).toEqual([404, "malformed"]);
  expect(problemOf(await ca.post(signer, ca.urls.revokeCert, {}))).toEqual([400, "malformed"]);
});
