import { CaInMemory, problemOf, Signer, type Json } from "../ca-in-memory";

const ca = new CaInMemory();

function inner(newKey: Signer, account: Signer, header: Json = {}, payload: Json = {}): unknown {
  const { jwk, accountUrl } = account;
  return JSON.parse(
    newKey.message({ url: ca.urls.keyChange, ...header }, { account: accountUrl, oldKey: jwk, ...payload }),
  );
}

test("after a rollover the new key signs for the account and the old one does not", async () => {
  const account = await ca.account();
  const newKey = new Signer("ES384");
  expect((await ca.post(account, ca.urls.keyChange, inner(newKey, account))).status).toBe(200);
  newKey.accountUrl = account.accountUrl;
  expect((await ca.post(newKey, account.accountUrl ?? "")).status).toBe(200);
  expect(problemOf(await ca.post(account, account.accountUrl ?? ""))).toEqual([400, "malformed"]);
});

test("a key that has an account is a conflict that names it (RFC 8555 7.3.5)", async () => {
  const account = await ca.account();
  const other = await ca.account();
  const { accountUrl: _, ...keyOnly } = other;
  const stranger = Object.assign(new Signer(), keyOnly);
  const answer = await ca.post(account, ca.urls.keyChange, inner(stranger, account));
  expect(answer.status).toBe(409);
  expect(answer.headers?.location).toBe(other.accountUrl);
});

test.each<[string, Json, Json, [number, string]]>([
  ["an inner nonce", { nonce: "AAAA" }, {}, [400, "malformed"]],
  ["another inner url", { url: "https://ca.example/x" }, {}, [403, "unauthorized"]],
  ["another account", {}, { account: "https://ca.example/accounts/x" }, [400, "malformed"]],
  ["another old key", {}, { oldKey: new Signer().jwk }, [400, "malformed"]],
  ["a jwk that did not sign", { jwk: new Signer().jwk }, {}, [400, "malformed"]],
])("%s is refused", async (_, header, payload, expected) => {
  const account = await ca.account();
  const answer = await ca.post(account, ca.urls.keyChange, inner(new Signer(), account, header, payload));
  expect(problemOf(answer)).toEqual(expected);
});
