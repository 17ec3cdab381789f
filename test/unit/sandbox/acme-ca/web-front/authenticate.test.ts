/** What a request must be before any operation looks at it (RFC 8555 6). */
import { generateKeyPairSync } from "node:crypto";
import { body, CaInMemory, encode, problemOf, Signer, type Json } from "../ca-in-memory";

const ca = new CaInMemory();
let account: Signer;

beforeAll(async () => {
  account = await ca.account();
});

const at = (url: string, header: Json = {}) => ({ nonce: ca.context.nonces.issue(), url, ...header });

test.each(["ES256", "ES384", "RS256"] as const)("%s accounts can be made and used", async (alg) => {
  const signer = await ca.account(new Signer(alg));
  const answer = await ca.post(signer, signer.accountUrl ?? "");
  expect(answer.status).toBe(200);
  expect(body(answer)).toMatchObject({ status: "valid", key: signer.jwk });
});

test.each<[string, Json, [number, string]]>([
  ["a nonce that was never given", { nonce: "AAAA" }, [400, "badNonce"]],
  ["no nonce", { nonce: undefined }, [400, "malformed"]],
  ["a nonce that is not base64url", { nonce: "a b" }, [400, "malformed"]],
  ["another url", { url: "https://ca.example/other" }, [403, "unauthorized"]],
  ["an algorithm that is not offered", { alg: "ES512" }, [400, "badSignatureAlgorithm"]],
  ["alg none", { alg: "none" }, [400, "badSignatureAlgorithm"]],
  ["an algorithm of another key type", { alg: "RS256" }, [400, "malformed"]],
  ["kid and jwk", { jwk: {} }, [400, "malformed"]],
  ["neither kid nor jwk", { kid: undefined }, [400, "malformed"]],
  ["an account that does not exist", { kid: "https://ca.example/accounts/none" }, [400, "accountDoesNotExist"]],
  ["an account of elsewhere", { kid: "https://elsewhere.example/1" }, [400, "accountDoesNotExist"]],
])("a request with %s is refused", async (_, header, expected) => {
  const answer = await ca.post(account, account.accountUrl ?? "", undefined, header);
  expect(problemOf(answer)).toEqual(expected);
});

test("badSignatureAlgorithm names those that are supported (RFC 8555 6.2)", async () => {
  const answer = await ca.post(account, account.accountUrl ?? "", undefined, { alg: "HS256" });
  expect(body(answer).algorithms).toEqual(["RS256", "ES256", "ES384"]);
});

test("a nonce is good once", async () => {
  const url = account.accountUrl ?? "";
  const header = at(url);
  expect((await ca.send("POST", url, account.message(header, undefined))).status).toBe(200);
  expect(problemOf(await ca.send("POST", url, account.message(header, undefined)))).toEqual([400, "badNonce"]);
});

test("a forged signature does not use up the nonce", async () => {
  const url = account.accountUrl ?? "";
  const header = at(url);
  const forger = new Signer();
  forger.accountUrl = url;
  expect(problemOf(await ca.send("POST", url, forger.message(header, undefined)))).toEqual([400, "malformed"]);
  expect((await ca.send("POST", url, account.message(header, undefined))).status).toBe(200);
});

test.each<[string, (good: Json) => unknown]>([
  ["text that is not JSON", () => "not json"],
  ["a list", () => []],
  ["an unprotected header", (good) => ({ ...good, header: {} })],
  ["several signatures", (good) => ({ ...good, signatures: [] })],
  ["no payload", ({ payload: _, ...rest }) => rest],
  ["padding in base64url", (good) => ({ ...good, payload: "e30=" })],
  ["a protected header that is not JSON", (good) => ({ ...good, protected: encode("x") })],
  ["an altered payload", (good) => ({ ...good, payload: encode({ contact: [] }) })],
])("%s is malformed", async (_, alter) => {
  const url = account.accountUrl ?? "";
  const altered = alter(JSON.parse(account.message(at(url), undefined)) as Json);
  const text = typeof altered === "string" ? altered : JSON.stringify(altered);
  expect(problemOf(await ca.send("POST", url, text))).toEqual([400, "malformed"]);
});

test("another content type is 415, another method 405, another path 404", async () => {
  const url = account.accountUrl ?? "";
  expect((await ca.send("POST", url, account.message(at(url), undefined), "application/json")).status).toBe(415);
  expect(problemOf(await ca.send("GET", url))).toEqual([405, "malformed"]);
  expect(problemOf(await ca.send("GET", "https://ca.example/acme/acct/1"))).toEqual([404, "malformed"]);
});

test.each<[string, unknown, [number, string]]>([
  ["no jwk", undefined, [400, "malformed"]],
  ["a jwk of an unknown type", { kty: "OKP", crv: "Ed25519", x: "AAAA" }, [400, "badPublicKey"]],
  ["a jwk of every object's type", { kty: "constructor" }, [400, "badPublicKey"]],
  ["a jwk with a member missing", { kty: "EC", crv: "P-256", x: "AAAA" }, [400, "malformed"]],
  ["a jwk that is no point", { kty: "EC", crv: "P-256", x: "AAAA", y: "AAAA" }, [400, "badPublicKey"]],
  ["a private key", { ...new Signer().jwk, d: "AAAA" }, [400, "malformed"]],
])("newAccount refuses %s", async (_, jwk, expected) => {
  const answer = await ca.post(new Signer(), ca.urls.newAccount, { termsOfServiceAgreed: true }, { jwk });
  expect(problemOf(answer)).toEqual(expected);
});

test("newAccount refuses a kid, and an RSA key below 2048 bits", async () => {
  expect(problemOf(await ca.post(account, ca.urls.newAccount, {}))).toEqual([400, "malformed"]);
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const weak = new Signer("RS256", { publicKey, privateKey });
  expect(problemOf(await ca.post(weak, ca.urls.newAccount, {}))).toEqual([400, "badPublicKey"]);
});
