import * as acme from "acme-client";
import { calm } from "../../../../../src/sandbox/acme-ca/faults";
import type { FrontAnswer } from "../../../../../src/sandbox/acme-ca/web-front/answer-request";
import type { Signer } from "../ca-in-memory";
import { body, CaInMemory, csrFor, problemOf, settled } from "../ca-in-memory";

async function ready(ca: CaInMemory, signer: Signer, names = ["a.example.gov"]): Promise<FrontAnswer> {
  const order = await ca.order(signer, names);
  await ca.prove(signer, order);
  return order;
}

test("finalize answers processing, the order becomes valid with a certificate", async () => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const order = await ready(ca, signer);
  const answer = await ca.finalize(signer, order, await csrFor(["a.example.gov"]));
  expect(answer.status).toBe(200);
  expect(body(answer).status).toBe("processing");
  const finished = body(await ca.post(signer, String(order.headers?.location)));
  const serial = ca.management.certificates()[0]?.serial ?? "none";
  expect(finished).toMatchObject({ status: "valid", certificate: ca.urls.certificate(serial) });
  expect(ca.management.orders()).toMatchObject([{ status: "valid", serial, names: ["a.example.gov"] }]);
});

test("without asynchronous finalize the certificate is there at once", async () => {
  const ca = new CaInMemory({ faults: { ...calm, asynchronousFinalize: false } });
  const signer = await ca.account();
  const answer = await ca.finalize(signer, await ready(ca, signer), await csrFor(["a.example.gov"]));
  expect(body(answer).status).toBe("valid");
});

test("an order is finalized once, and not before it is ready", async () => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const csr = await csrFor(["a.example.gov"]);
  const order = await ca.order(signer, ["a.example.gov"]);
  expect(problemOf(await ca.finalize(signer, order, csr))).toEqual([403, "orderNotReady"]);
  await ca.prove(signer, order);
  await ca.finalize(signer, order, csr);
  expect(problemOf(await ca.finalize(signer, order, csr))).toEqual([403, "orderNotReady"]);
});

const broken = async (names: string[]) => {
  const csr = Buffer.from(await csrFor(names), "base64url");
  csr[csr.length - 1] = (csr.at(-1) ?? 0) ^ 1;
  return csr.toString("base64url");
};

test.each<[string, () => Promise<string>]>([
  ["fewer names", () => csrFor(["a.example.gov"])],
  ["more names", () => csrFor(["a.example.gov", "b.example.gov", "c.example.gov"])],
  ["a common name that was not ordered", () => csrFor(["a.example.gov", "b.example.gov"], undefined, "c.example.gov")],
  ["a signature that does not match", () => broken(["a.example.gov", "b.example.gov"])],
  ["octets that are no request", async () => "AAAA"],
  ["nothing", async () => ""],
])("a request with %s is a badCSR, and the order stays ready", async (_, csr) => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const order = await ready(ca, signer, ["a.example.gov", "b.example.gov"]);
  expect(problemOf(await ca.finalize(signer, order, await csr()))).toEqual([400, "badCSR"]);
  expect(body(await ca.post(signer, String(order.headers?.location))).status).toBe("ready");
});

test.each<[string, () => Promise<Buffer>]>([
  ["RSA of 1024 bits", () => acme.crypto.createPrivateRsaKey(1024)],
  ["P-521", () => acme.crypto.createPrivateEcdsaKey("P-521")],
])("a request for a key of %s is a badCSR", async (_, key) => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const order = await ready(ca, signer);
  expect(problemOf(await ca.finalize(signer, order, await csrFor(["a.example.gov"], await key())))).toEqual([
    400,
    "badCSR",
  ]);
});

test("the account's own key is no certificate key (RFC 8555 11.1)", async () => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const pem = signer.privateKey.export({ type: "pkcs8", format: "pem" });
  const csr = await csrFor(["a.example.gov"], Buffer.from(pem));
  expect(problemOf(await ca.finalize(signer, await ready(ca, signer), csr))).toEqual([400, "badCSR"]);
});

test("CAA of today stops an order whose authorization is older than eight hours", async () => {
  const ca = new CaInMemory({ faults: { ...calm, authorizationReuseShare: 1 } });
  const signer = await ca.account();
  await ready(ca, signer);
  ca.dns.caaRecords.set("example.gov", [{ critical: 0, issue: "other.example" }]);
  ca.now = new Date(ca.now.getTime() + 9 * 3600 * 1000);
  const order = await ca.order(signer, ["a.example.gov"]);
  expect(body(order).status).toBe("ready");
  await ca.finalize(signer, order, await csrFor(["a.example.gov"]));
  await settled();
  expect(body(await ca.post(signer, String(order.headers?.location)))).toMatchObject({
    status: "invalid",
    error: { type: "urn:ietf:params:acme:error:caa", status: 403 },
  });
});
