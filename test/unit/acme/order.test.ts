/** Steps of an order, against prepared answers: what is sent, what is read, what each bad answer becomes. */
import { answerChallenges } from "../../../src/acme/answer-challenges";
import { createOrder } from "../../../src/acme/create-order";
import { downloadChain } from "../../../src/acme/download-chain";
import { finalizeOrder } from "../../../src/acme/finalize-order";
import { getAuthorizations } from "../../../src/acme/get-authorizations";
import { getOrder } from "../../../src/acme/get-order";
import { parseOrder, type AcmeOrder } from "../../../src/acme/order";
import { waitUntilReady } from "../../../src/acme/wait-until-ready";
import type { DomainName } from "../../../src/certificates/domain-name";
import { AppError } from "../../../src/platform/errors";
import { scriptedAccount } from "../../support/scripted-account";
import { orderAnswer, problem, scriptedDirectory, type ScriptedAnswer } from "../../support/scripted-ca";

const names = ["app.example.test"] as DomainName[];
const url = "https://ca.test/order/1";
const authorizationUrl = "https://ca.test/authz/1";
const withAuthorization = { authorizations: [authorizationUrl] };
const network = { error: new AppError("network", "cannot reach it", { retryable: true }) };

function order(fields: object = {}): AcmeOrder {
  return parseOrder(orderAnswer({ ...withAuthorization, ...fields }).body, url);
}

function authorization(fields: object = {}, challenge: object = {}): ScriptedAnswer {
  const dns01 = { type: "dns-01", url: "https://ca.test/chall/1", token: "token", status: "pending", ...challenge };
  return {
    body: {
      status: "pending",
      identifier: { type: "dns", value: "app.example.test" },
      challenges: [{ ...dns01, type: "http-01" }, dns01],
      ...fields,
    },
  };
}

describe("createOrder", () => {
  const directory = {
    ...scriptedDirectory,
    renewalInfo: "https://ca.test/ari",
    meta: { profiles: { classic: "", shortlived: "" } },
  };

  test("sends names, profile and what it replaces, and reads what the CA took note of", async () => {
    const answer = orderAnswer({ profile: "shortlived", replaces: "a.b", expires: "2026-12-01T00:00:00Z" });
    const { account, ca } = await scriptedAccount([answer], directory);
    const created = await createOrder(account, { names, profile: "shortlived", replaces: "a.b" });
    expect(ca.signed[0]?.payload).toEqual({
      identifiers: [{ type: "dns", value: "app.example.test" }],
      profile: "shortlived",
      replaces: "a.b",
    });
    expect(created).toEqual({
      url,
      status: "pending",
      names,
      authorizationUrls: [],
      finalizeUrl: "https://ca.test/finalize/1",
      expires: new Date("2026-12-01T00:00:00Z"),
      profile: "shortlived",
      replaces: "a.b",
    });
  });

  test("does not send replaces to a CA without renewal information", async () => {
    const { account, ca } = await scriptedAccount([orderAnswer()]);
    await createOrder(account, { names, replaces: "a.b" });
    expect(ca.signed[0]?.payload).not.toHaveProperty("replaces");
  });

  test.each([
    [directory, "use one of classic, shortlived"],
    [scriptedDirectory, "this CA has no profiles: leave it out"],
  ])("refuses a profile that the CA does not offer, before it asks", async (offered, hint) => {
    const { account, ca } = await scriptedAccount([], offered);
    for (const profile of ["tlsserver", "constructor"])
      await expect(createOrder(account, { names, profile })).rejects.toMatchObject({ code: "invalid_argument", hint });
    expect(ca.signed).toEqual([]);
  });

  test("says that the certificate was replaced already", async () => {
    const { account } = await scriptedAccount([problem("alreadyReplaced", 409)], directory);
    await expect(createOrder(account, { names, replaces: "a.b" })).rejects.toMatchObject({
      code: "acme_already_replaced",
    });
  });

  test("asks whose fault it is when the CA says unauthorized", async () => {
    const account = { body: { status: "deactivated" } };
    const bad = await scriptedAccount([problem("unauthorized", 403), account]);
    await expect(createOrder(bad.account, { names })).rejects.toMatchObject({
      code: "acme_account",
      message: expect.stringContaining("https://ca.test/account/1 is deactivated") as string,
    });
    const good = await scriptedAccount([problem("unauthorized", 403), { body: { status: "valid" } }]);
    await expect(createOrder(good.account, { names })).rejects.toMatchObject({ code: "acme_problem" });
  });

  test.each([{}, { status: "pending" }, { status: "unheard-of", finalize: "https://ca.test/f" }])(
    "an answer that is no order (%j) is an error",
    async (body) => {
      const { account } = await scriptedAccount([{ status: 201, headers: { location: url }, body }]);
      await expect(createOrder(account, { names })).rejects.toMatchObject({ code: "acme_problem" });
    },
  );
});

describe("getAuthorizations", () => {
  test("gives name, record and value; the wildcard with its star and the apex's record name", async () => {
    const { account } = await scriptedAccount([authorization(), authorization({ wildcard: true }, { token: "other" })]);
    const authorizations = [authorizationUrl, "https://ca.test/authz/2"];
    const [apex, wildcard] = await getAuthorizations(account, order({ authorizations }));
    expect(apex).toMatchObject({ name: "app.example.test", dns01: { recordName: "_acme-challenge.app.example.test" } });
    expect(wildcard).toMatchObject({
      name: "*.app.example.test",
      dns01: { recordName: "_acme-challenge.app.example.test" },
    });
    expect(apex?.dns01?.value).toMatch(/^[\w-]{43}$/);
    expect(wildcard?.dns01?.value).not.toBe(apex?.dns01?.value);
  });

  test("a name that can only be proved otherwise is an error, unless it is proved already", async () => {
    const httpOnly = { challenges: [{ type: "http-01", url, token: "token", status: "pending" }] };
    const pending = await scriptedAccount([authorization(httpOnly)]);
    await expect(getAuthorizations(pending.account, order())).rejects.toMatchObject({
      code: "acme_challenge_failed",
      facts: { identifier: "app.example.test" },
    });
    const valid = await scriptedAccount([authorization({ ...httpOnly, status: "valid" })]);
    await expect(getAuthorizations(valid.account, order())).resolves.toMatchObject([{ status: "valid" }]);
  });

  test("an answer that is no authorization is an error", async () => {
    const { account } = await scriptedAccount([authorization({ identifier: { type: "ip", value: "127.0.0.1" } })]);
    await expect(getAuthorizations(account, order())).rejects.toMatchObject({ code: "acme_problem" });
  });
});

describe("answerChallenges", () => {
  test("answers what is pending, once, and nothing else", async () => {
    const two = [authorization(), authorization({ status: "valid" }, { status: "valid" }), {}];
    const { account, ca } = await scriptedAccount(two);
    const authorizations = [authorizationUrl, "https://ca.test/authz/2"];
    await answerChallenges(account, await getAuthorizations(account, order({ authorizations })));
    expect(ca.signed.slice(2).map((request) => [request.url, request.payload])).toEqual([
      ["https://ca.test/chall/1", {}],
    ]);
  });

  test("a refusal counts only if the challenge is still pending: an answer may have been lost before", async () => {
    const refused = problem("malformed");
    const begun = await scriptedAccount([
      authorization(),
      network,
      refused,
      authorization({}, { status: "processing" }),
    ]);
    await answerChallenges(begun.account, await getAuthorizations(begun.account, order()));
    expect(begun.ca.unused).toBe(0);
    const still = await scriptedAccount([authorization(), refused, authorization()]);
    const authorizations = await getAuthorizations(still.account, order());
    await expect(answerChallenges(still.account, authorizations)).rejects.toMatchObject({ code: "acme_problem" });
  });
});

describe("waitUntilReady", () => {
  test("asks for the order alone until it leaves pending", async () => {
    const pending = { ...orderAnswer(), status: 200, headers: { "retry-after": "1" } };
    const ready = { ...orderAnswer({ status: "ready" }), status: 200 };
    const { account, ca, waits } = await scriptedAccount([pending, ready]);
    await expect(waitUntilReady(account, order())).resolves.toMatchObject({ status: "ready" });
    expect(waits).toEqual([100, 1000]);
    expect(ca.signed.map((request) => request.url)).toEqual([url, url]);
  });

  test("needs no request for an order that is ready", async () => {
    const { account, ca } = await scriptedAccount([]);
    await waitUntilReady(account, order({ status: "ready" }));
    expect(ca.signed).toEqual([]);
  });

  test("names every identifier that failed, with detail and subproblems", async () => {
    const error = (detail: string) => ({
      error: {
        type: "urn:ietf:params:acme:error:unauthorized",
        detail,
        status: 403,
        subproblems: [{ type: "urn:ietf:params:acme:error:dns", detail: "SERVFAIL" }],
      },
      status: "invalid",
    });
    const { account } = await scriptedAccount([
      {
        ...orderAnswer({ status: "invalid", authorizations: [authorizationUrl, `${authorizationUrl}2`] }),
        status: 200,
      },
      authorization({ status: "invalid" }, error("no TXT record")),
      authorization({ status: "invalid", wildcard: true }, error("wrong TXT record")),
    ]);
    await expect(waitUntilReady(account, order())).rejects.toMatchObject({
      code: "acme_challenge_failed",
      message:
        "the CA could not validate app.example.test: no TXT record; SERVFAIL (unauthorized); " +
        "*.app.example.test: wrong TXT record; SERVFAIL (unauthorized)",
      facts: {
        identifier: "app.example.test",
        type: "unauthorized",
        detail: "no TXT record",
        subproblems: [{ type: "dns", detail: "SERVFAIL" }],
        failures: [{ identifier: "app.example.test" }, { identifier: "*.app.example.test" }],
      },
    });
  });

  test("an order that fails for another reason says the order's own", async () => {
    const error = { type: "urn:ietf:params:acme:error:caa", detail: "CAA forbids issuance" };
    const invalid = { ...orderAnswer({ status: "invalid", error }), status: 200 };
    const { account } = await scriptedAccount([invalid]);
    await expect(waitUntilReady(account, order())).rejects.toMatchObject({
      code: "acme_order_invalid",
      message: "the order for app.example.test is invalid: CAA forbids issuance (caa)",
    });
  });
});

describe("finalizeOrder", () => {
  const csr = Buffer.from("request");
  const ready = order({ status: "ready" });
  const certificate = "https://ca.test/cert/1";
  const processing = { ...orderAnswer({ status: "processing" }), status: 200 };
  const valid = { ...orderAnswer({ status: "valid", certificate }), status: 200 };

  test("waits while the CA signs", async () => {
    const { account, ca, waits } = await scriptedAccount([processing, processing, valid]);
    await expect(finalizeOrder(account, ready, csr)).resolves.toMatchObject({ certificateUrl: certificate });
    expect(ca.signed[0]).toMatchObject({
      url: "https://ca.test/finalize/1",
      payload: { csr: csr.toString("base64url") },
    });
    expect(waits).toEqual([100, 200]);
  });

  test("needs no further look where the CA signs at once", async () => {
    const { account, ca } = await scriptedAccount([valid]);
    await finalizeOrder(account, ready, csr);
    expect(ca.signed).toHaveLength(1);
  });

  test("goes on when the answer to a first try was lost", async () => {
    const { account, ca } = await scriptedAccount([network, problem("orderNotReady", 403), processing, valid]);
    await expect(finalizeOrder(account, ready, csr)).resolves.toMatchObject({ status: "valid" });
    expect(ca.unused).toBe(0);
  });

  test("an order that is not ready is said to be so", async () => {
    const { account } = await scriptedAccount([problem("orderNotReady", 403), { ...orderAnswer(), status: 200 }]);
    await expect(finalizeOrder(account, ready, csr)).rejects.toMatchObject({ code: "acme_order_invalid" });
  });

  test("a request that the CA does not like is its problem", async () => {
    const { account } = await scriptedAccount([problem("badCSR")]);
    await expect(finalizeOrder(account, ready, csr)).rejects.toMatchObject({
      code: "acme_problem",
      facts: { type: "badCSR" },
    });
  });
});

describe("downloadChain", () => {
  test("there is none before the order is valid", async () => {
    const { account } = await scriptedAccount([]);
    await expect(downloadChain(account, order())).rejects.toMatchObject({ code: "acme_chain" });
  });

  test.each(["", "<html></html>", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", { detail: "x" }])(
    "an answer that is no chain is an error: %j",
    async (body) => {
      const { account } = await scriptedAccount([{ body }]);
      const done = order({ status: "valid", certificate: "https://ca.test/cert/1" });
      await expect(downloadChain(account, done)).rejects.toMatchObject({ code: "acme_chain" });
    },
  );
});

test("an order that the CA has forgotten is a problem that names it", async () => {
  const { account } = await scriptedAccount([problem("malformed", 404)]);
  await expect(getOrder(account, url)).rejects.toMatchObject({
    code: "acme_problem",
    message: `cannot read order ${url}: about malformed (malformed)`,
    facts: { status: 404 },
  });
});
