/** The traps of acme-client's seam, each with what would go wrong without the adapter. */
import { generateAccountKey } from "../../../src/acme/account-key";
import { createOrder } from "../../../src/acme/create-order";
import { newLibraryClient } from "../../../src/acme/library";
import type { DomainName } from "../../../src/certificates/domain-name";
import { abortedError } from "../../../src/platform/clock";
import { AppError } from "../../../src/platform/errors";
import type { HttpRequest } from "../../../src/platform/http";
import { scriptedAccount } from "../../support/scripted-account";
import { orderAnswer, problem, ScriptedCa } from "../../support/scripted-ca";

const names = ["app.example.test"] as DomainName[];
const badNonce = problem("badNonce");
test("only the first request fetches a nonce; each later one uses that of the answer before", async () => {
  const { ca, account } = await scriptedAccount([orderAnswer(), orderAnswer(), orderAnswer()]);
  for (let n = 0; n < 3; n++) await createOrder(account, { names });
  expect(ca.signed.map(({ nonce }) => nonce)).toEqual(["fresh1", "replay1", "replay2"]);
  expect(ca.freshNonces).toBe(1);
  expect(ca.directoryReads).toBe(1);
});

test("every request names the software that sends it", async () => {
  const { ca, account } = await scriptedAccount([orderAnswer()]);
  await createOrder(account, { names });
  expect([...ca.userAgents].sort()).toEqual([
    "unexpired",
    expect.stringMatching(/^unexpired node-acme-client\/5\./) as string,
  ]);
});

test("after badNonce the library signs with the nonce of that answer, which nobody else gets", async () => {
  const { ca, account, connection } = await scriptedAccount([badNonce, orderAnswer(), orderAnswer()]);
  await createOrder(account, { names });
  await createOrder(account, { names });
  const used = ca.signed.map(({ nonce }) => nonce);
  expect(used).toEqual(["fresh1", "replay1", "replay2"]);
  expect(new Set(used).size).toBe(used.length);
  expect(connection.nonces.size).toBe(1);
});

test("a badNonce answer without a nonce is repeated with a fresh one", async () => {
  const { ca, account } = await scriptedAccount([{ ...badNonce, nonce: false }, orderAnswer()]);
  await createOrder(account, { names });
  expect(ca.signed.map(({ nonce }) => nonce)).toEqual(["fresh1", "fresh2"]);
});

test("twenty refused nonces in a row do not lose an order, before a key rollover and after it", async () => {
  const { ca, account } = await scriptedAccount([
    ...Array.from({ length: 20 }, () => badNonce),
    orderAnswer(),
    ...Array.from({ length: 20 }, () => badNonce),
    orderAnswer(),
  ]);
  await createOrder(account, { names });
  account.useKey(await generateAccountKey());
  await createOrder(account, { names });
  expect(ca.unused).toBe(0);
});

test("a CA that refuses every nonce ends in its own problem, not in a bare text", async () => {
  const { ca, account } = await scriptedAccount(Array.from({ length: 21 }, () => badNonce));
  await expect(createOrder(account, { names })).rejects.toMatchObject({
    code: "acme_problem",
    message: "cannot create the order for app.example.test: about badNonce (badNonce)",
    facts: { type: "badNonce", status: 400 },
  });
  expect(ca.unused).toBe(0);
});

test("a long Retry-After is an error at once, not an hour of sleep inside the library", async () => {
  const { account, waits, ca } = await scriptedAccount([
    { ...problem("rateLimited", 429), headers: { "retry-after": "3600" } },
  ]);
  const error: unknown = await createOrder(account, { names }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: "acme_rate_limited",
    retryable: true,
    retryAfterMs: 3600_000,
    hint: "the CA asks to wait 3600 s",
    facts: { type: "rateLimited", status: 429, retryAfterMs: 3600_000 },
  });
  expect(error).not.toHaveProperty("config");
  expect(waits).toEqual([]);
  expect(ca.signed).toHaveLength(1);
});

test("a short Retry-After is waited for, and the request is signed anew", async () => {
  const { account, waits, ca } = await scriptedAccount([
    { status: 503, headers: { "retry-after": "2" }, body: "busy" },
    orderAnswer(),
  ]);
  await createOrder(account, { names });
  expect(waits).toEqual([2000]);
  expect(ca.signed.map(({ nonce }) => nonce)).toEqual(["fresh1", "replay1"]);
});

test("after a network error the request is signed anew, with another nonce, by our own table of waits", async () => {
  const network = () => ({ error: new AppError("network", "cannot reach POST https://ca.test", { retryable: true }) });
  const { account, waits, ca } = await scriptedAccount([network(), network(), orderAnswer()]);
  await createOrder(account, { names });
  expect(waits).toEqual([250, 500]);
  expect(ca.signed.map(({ nonce }) => nonce)).toEqual(["fresh1", "fresh2", "fresh3"]);
});

test("a network error that stays says which step failed", async () => {
  const error = new AppError("network", "cannot reach POST https://ca.test/new-order: refused", { retryable: true });
  const { account } = await scriptedAccount(Array.from({ length: 4 }, () => ({ error })));
  await expect(createOrder(account, { names })).rejects.toMatchObject({
    code: "network",
    retryable: true,
    message: "cannot create the order for app.example.test: cannot reach POST https://ca.test/new-order: refused",
  });
});

test("an abort reaches the request on the wire", async () => {
  class SilentCa extends ScriptedCa {
    override send(request: HttpRequest) {
      if (request.method !== "POST") return super.send(request);
      controller.abort();
      return Promise.reject(abortedError(request.signal));
    }
  }
  const controller = new AbortController();
  const { account } = await scriptedAccount([], undefined, new SilentCa());
  await expect(createOrder(account, { names, signal: controller.signal })).rejects.toMatchObject({ code: "aborted" });
});

test("problem type, detail, subproblems and instance of a refusal are kept as facts", async () => {
  const body = {
    type: "urn:ietf:params:acme:error:rejectedIdentifier",
    detail: "Some names were refused.",
    instance: "https://ca.test/why",
    subproblems: [
      {
        type: "urn:ietf:params:acme:error:caa",
        detail: "CAA forbids it",
        identifier: { type: "dns", value: "b.example.test" },
      },
    ],
  };
  const { account } = await scriptedAccount([{ status: 403, body }]);
  await expect(createOrder(account, { names })).rejects.toMatchObject({
    code: "acme_problem",
    retryable: false,
    message:
      "cannot create the order for app.example.test: Some names were refused; b.example.test: CAA forbids it (rejectedIdentifier)",
    facts: {
      type: "rejectedIdentifier",
      status: 403,
      detail: "Some names were refused.",
      instance: "https://ca.test/why",
      subproblems: [{ type: "caa", detail: "CAA forbids it", identifier: "b.example.test" }],
    },
  });
});

test("an answer that the library stumbles over is an error of ours", async () => {
  const { account } = await scriptedAccount([{ ...orderAnswer(), headers: {} }]);
  await expect(createOrder(account, { names })).rejects.toMatchObject({
    code: "acme_problem",
    message: "cannot create the order for app.example.test: Creating a new order did not return an order link",
  });
});

test("two connections share neither nonces nor directory", async () => {
  const one = await scriptedAccount([orderAnswer(), orderAnswer()]);
  const other = await scriptedAccount([orderAnswer()]);
  await createOrder(one.account, { names });
  await createOrder(other.account, { names });
  await createOrder(one.account, { names });
  expect(other.ca.signed.map(({ nonce }) => nonce)).toEqual(["fresh1"]);
  expect(one.ca.signed.map(({ nonce }) => nonce)).toEqual(["fresh1", "replay1"]);
});

test("the library cannot be used past the adapter's context", async () => {
  const { connection } = await scriptedAccount([]);
  const accountKey = await generateAccountKey();
  const client = newLibraryClient({ connection, accountKey, accountUrl: "https://ca.test/account/1" });
  await expect(client.updateAccount()).rejects.toMatchObject({ code: "internal" });
});
