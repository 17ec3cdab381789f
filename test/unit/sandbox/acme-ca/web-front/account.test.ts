import { createHmac } from "node:crypto";
import { body, CaInMemory, encode, problemOf, Signer, type Json } from "../ca-in-memory";

const agreed = { termsOfServiceAgreed: true };

test("the same key gives the same account, 201 then 200", async () => {
  const ca = new CaInMemory();
  const signer = new Signer();
  const first = await ca.post(signer, ca.urls.newAccount, { ...agreed, contact: ["mailto:tls@example.gov"] });
  const second = await ca.post(signer, ca.urls.newAccount, agreed);
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(second.headers?.location).toBe(first.headers?.location);
  expect(body(second)).toMatchObject({ contact: ["mailto:tls@example.gov"], status: "valid" });
  expect(ca.management.accountCount()).toBe(1);
});

test("onlyReturnExisting finds and never makes", async () => {
  const ca = new CaInMemory();
  const look = { onlyReturnExisting: true };
  expect(problemOf(await ca.post(new Signer(), ca.urls.newAccount, look))).toEqual([400, "accountDoesNotExist"]);
  const signer = new Signer();
  await ca.post(signer, ca.urls.newAccount, agreed);
  expect((await ca.post(signer, ca.urls.newAccount, look)).status).toBe(200);
});

test.each<[string, Json, [number, string]]>([
  ["without agreement", {}, [400, "malformed"]],
  ["with a contact that is no mail address", { ...agreed, contact: ["mailto:nobody"] }, [400, "invalidContact"]],
  ["with two addresses in one contact", { ...agreed, contact: ["mailto:a@b.c,d@e.f"] }, [400, "invalidContact"]],
  ["with a header field", { ...agreed, contact: ["mailto:a@b.c?subject=x"] }, [400, "invalidContact"]],
  ["with a telephone number", { ...agreed, contact: ["tel:+12025551212"] }, [400, "unsupportedContact"]],
  ["with contacts that are no list", { ...agreed, contact: "mailto:a@b.c" }, [400, "malformed"]],
])("no account %s", async (_, payload, expected) => {
  const ca = new CaInMemory();
  expect(problemOf(await ca.post(new Signer(), ca.urls.newAccount, payload))).toEqual(expected);
});

test("contacts change, deactivation is for ever, others may not look", async () => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const other = await ca.account();
  const url = signer.accountUrl ?? "";
  expect(problemOf(await ca.post(other, url))).toEqual([403, "unauthorized"]);
  expect(body(await ca.post(signer, url, { contact: ["mailto:new@example.gov"] })).contact).toEqual([
    "mailto:new@example.gov",
  ]);
  expect(problemOf(await ca.post(signer, url, { status: "revoked" }))).toEqual([400, "malformed"]);
  expect(body(await ca.post(signer, url, { status: "deactivated" })).status).toBe("deactivated");
  expect(problemOf(await ca.post(signer, url))).toEqual([403, "unauthorized"]);
  signer.accountUrl = undefined;
  expect(problemOf(await ca.post(signer, ca.urls.newAccount, agreed))).toEqual([403, "unauthorized"]);
});

test("the list of orders comes in pages and leaves out invalid ones", async () => {
  const ca = new CaInMemory({ ordersPerPage: 2 });
  const signer = await ca.account();
  const orders = [];
  for (const name of ["a", "b", "c"]) orders.push(await ca.order(signer, [`${name}.example.gov`]));
  const first = await ca.post(signer, ca.urls.ordersOf(idOf(signer)));
  expect(body(first).orders).toEqual(orders.slice(0, 2).map((order) => order.headers?.location));
  const next = /<(.+)>;rel="next"/.exec(String(first.headers?.link))?.[1] ?? "";
  const second = await ca.post(signer, next);
  expect(body(second).orders).toEqual([orders[2]?.headers?.location]);
  expect(second.headers).toEqual({});
  ca.now = new Date(ca.now.getTime() + 8 * 24 * 3600 * 1000);
  expect(body(await ca.post(signer, ca.urls.ordersOf(idOf(signer)))).orders).toEqual([]);
});

describe("external account binding (RFC 8555 7.3.4)", () => {
  const macKey = Buffer.from("a key of 32 octets for tests only").toString("base64url");
  const options = { externalAccountRequired: true, externalAccountKeys: { "kid-1": macKey } };

  const binding = (signer: Signer, changes: Json = {}, key = macKey, payload: unknown = signer.jwk) => {
    const head = encode({ alg: "HS256", kid: "kid-1", url: "https://ca.example/accounts", ...changes });
    const input = `${head}.${encode(payload)}`;
    const signature = createHmac("sha256", Buffer.from(key, "base64url")).update(input).digest("base64url");
    return { ...agreed, externalAccountBinding: { protected: head, payload: encode(payload), signature } };
  };

  test("a good binding makes an account", async () => {
    const ca = new CaInMemory(options);
    const signer = new Signer();
    expect((await ca.post(signer, ca.urls.newAccount, binding(signer))).status).toBe(201);
    expect([...ca.context.store.accounts.values()][0]?.externalAccountId).toBe("kid-1");
  });

  test.each<[string, (signer: Signer) => Json, [number, string]]>([
    ["no binding", () => agreed, [403, "externalAccountRequired"]],
    ["an unknown key id", (signer) => binding(signer, { kid: "kid-2" }), [403, "unauthorized"]],
    ["another MAC key", (signer) => binding(signer, {}, "AAAA"), [403, "unauthorized"]],
    ["another account key inside", (signer) => binding(signer, {}, macKey, new Signer().jwk), [400, "malformed"]],
    ["another url", (signer) => binding(signer, { url: "https://ca.example/x" }), [400, "malformed"]],
    ["a nonce", (signer) => binding(signer, { nonce: "AAAA" }), [400, "malformed"]],
    ["an algorithm of every object", (signer) => binding(signer, { alg: "constructor" }), [400, "malformed"]],
    ["a public-key algorithm", (signer) => binding(signer, { alg: "ES256" }), [400, "malformed"]],
  ])("%s is refused", async (_, payload, expected) => {
    const ca = new CaInMemory(options);
    const signer = new Signer();
    expect(problemOf(await ca.post(signer, ca.urls.newAccount, payload(signer)))).toEqual(expected);
  });
});

function idOf(signer: Signer): string {
  return signer.accountUrl?.split("/").at(-1) ?? "";
}
