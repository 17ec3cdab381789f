import { secondsProfile } from "../../../../../src/sandbox/acme-ca/profiles";
import { body, CaInMemory, identifiers, problemOf, type Json } from "../ca-in-memory";

const hour = 3600 * 1000;

test("a new order is pending, with an authorization per name and the profile that counts", async () => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const order = await ca.order(signer, ["a.example.gov", "*.A.example.gov"]);
  expect(order.status).toBe(201);
  expect(body(order)).toMatchObject({
    status: "pending",
    identifiers: identifiers(["a.example.gov", "*.a.example.gov"]),
    profile: "classic",
    expires: "2026-11-09T10:00:00.000Z",
  });
  const [plain, wildcard] = await Promise.all(
    (body(order).authorizations as string[]).map(async (url) => body(await ca.post(signer, url))),
  );
  const types = (authorization?: Json) => (authorization?.challenges as { type: string }[]).map(({ type }) => type);
  expect(plain).toMatchObject({ status: "pending", identifier: { value: "a.example.gov" } });
  expect(plain).not.toHaveProperty("wildcard");
  expect(types(plain)).toEqual(["dns-01", "http-01", "tls-alpn-01"]);
  expect(wildcard).toMatchObject({ wildcard: true, identifier: { value: "a.example.gov" } });
  expect(types(wildcard)).toEqual(["dns-01"]);
});

test("a name given twice is one name", async () => {
  const ca = new CaInMemory();
  const order = await ca.order(await ca.account(), ["a.example.gov", "A.example.gov"]);
  expect(body(order).identifiers).toEqual(identifiers(["a.example.gov"]));
});

const tooMany = Array.from({ length: 26 }, (_, index) => `n${index}.example.gov`);

test.each<[string, Json, [number, string]]>([
  ["no identifiers", {}, [400, "malformed"]],
  ["an empty list", { identifiers: [] }, [400, "malformed"]],
  ["an IP address", { identifiers: [{ type: "ip", value: "192.0.2.1" }] }, [400, "unsupportedIdentifier"]],
  ["an IP address as a name", { identifiers: identifiers(["192.0.2.1"]) }, [400, "rejectedIdentifier"]],
  ["a single label", { identifiers: identifiers(["localhost"]) }, [400, "rejectedIdentifier"]],
  ["an underscore", { identifiers: identifiers(["a_b.example.gov"]) }, [400, "rejectedIdentifier"]],
  ["a final dot", { identifiers: identifiers(["a.example.gov."]) }, [400, "rejectedIdentifier"]],
  ["a wildcard inside", { identifiers: identifiers(["a.*.example.gov"]) }, [400, "rejectedIdentifier"]],
  ["a value that is no text", { identifiers: [{ type: "dns", value: 1 }] }, [400, "malformed"]],
  ["a name that a wildcard covers", { identifiers: identifiers(["*.b.gov", "a.b.gov"]) }, [400, "malformed"]],
  ["a blocked name", { identifiers: identifiers(["x.blocked.gov"]) }, [400, "rejectedIdentifier"]],
  ["notAfter", { identifiers: identifiers(["a.gov.example"]), notAfter: "2027-01-01T00:00:00Z" }, [400, "malformed"]],
  ["an unknown profile", { identifiers: identifiers(["a.example.gov"]), profile: "gold" }, [400, "invalidProfile"]],
  [
    "a profile of every object",
    { identifiers: identifiers(["a.example.gov"]), profile: "constructor" },
    [400, "invalidProfile"],
  ],
  ["more names than the profile has", { identifiers: identifiers(tooMany), profile: "tlsserver" }, [400, "malformed"]],
])("an order with %s is refused", async (_, payload, expected) => {
  const ca = new CaInMemory({ blockedNames: ["blocked.gov"] });
  const signer = await ca.account();
  expect(problemOf(await ca.post(signer, ca.urls.newOrder, payload))).toEqual(expected);
});

test("several refused names come as subproblems (RFC 8555 6.7.1)", async () => {
  const ca = new CaInMemory({ blockedNames: ["blocked.gov"] });
  const answer = await ca.order(await ca.account(), ["a.blocked.gov", "fine.gov.example", "*.b.blocked.gov"]);
  const subproblems = body(answer).subproblems as { identifier: { value: string } }[];
  expect(subproblems.map(({ identifier }) => identifier.value)).toEqual(["a.blocked.gov", "*.b.blocked.gov"]);
});

test("the first profile is the default, and a profile's times are the order's", async () => {
  const ca = new CaInMemory({ profiles: { demo: secondsProfile(20) } });
  const order = await ca.order(await ca.account(), ["a.example.gov"]);
  expect(body(order)).toMatchObject({ profile: "demo", expires: "2026-11-02T18:00:00.000Z" });
});

test("orders and authorizations of somebody else are out of reach", async () => {
  const ca = new CaInMemory();
  const order = await ca.order(await ca.account(), ["a.example.gov"]);
  const other = await ca.account();
  const [authorization = ""] = body(order).authorizations as string[];
  expect(problemOf(await ca.post(other, String(order.headers?.location)))).toEqual([403, "unauthorized"]);
  expect(problemOf(await ca.post(other, authorization))).toEqual([403, "unauthorized"]);
  expect(problemOf(await ca.post(other, `${authorization}x`))).toEqual([404, "malformed"]);
});

describe("authorization reuse", () => {
  const always = { ...new CaInMemory().context.faults, authorizationReuseShare: 1 };

  test("a valid authorization makes the next order ready at once, until its time is over", async () => {
    const ca = new CaInMemory({ faults: always });
    const signer = await ca.account();
    const first = await ca.order(signer, ["a.example.gov"], { profile: "tlsserver" });
    await ca.prove(signer, first);
    const second = await ca.order(signer, ["a.example.gov"]);
    expect(body(second)).toMatchObject({ status: "ready", authorizations: body(first).authorizations });
    ca.now = new Date(ca.now.getTime() + 7.5 * hour);
    expect(body(await ca.order(signer, ["a.example.gov"])).status).toBe("pending");
  });

  test("not for the wildcard, not for another account", async () => {
    const ca = new CaInMemory({ faults: always });
    const signer = await ca.account();
    await ca.prove(signer, await ca.order(signer, ["a.example.gov"]));
    expect(body(await ca.order(signer, ["*.a.example.gov"])).status).toBe("pending");
    expect(body(await ca.order(await ca.account(), ["a.example.gov"])).status).toBe("pending");
  });

  test("the share is a share", async () => {
    const ca = new CaInMemory({ faults: { ...always, authorizationReuseShare: 0.5 } });
    const signer = await ca.account();
    await ca.prove(signer, await ca.order(signer, ["a.example.gov"]));
    let ready = 0;
    for (let count = 0; count < 40; count++)
      if (body(await ca.order(signer, ["a.example.gov"])).status === "ready") ready++;
    expect(ready).toBeGreaterThan(8);
    expect(ready).toBeLessThan(32);
  });
});

test("authorizations come in the order of the names, or in none", async () => {
  const names = Array.from({ length: 10 }, (_, index) => `n${index}.example.gov`);
  const namesOf = async (shuffledAuthorizations: boolean) => {
    const ca = new CaInMemory({ faults: { ...new CaInMemory().context.faults, shuffledAuthorizations } });
    const signer = await ca.account();
    const { authorizations } = body(await ca.order(signer, names)) as { authorizations: string[] };
    const found = await Promise.all(authorizations.map(async (url) => body(await ca.post(signer, url))));
    return found.map(({ identifier }) => (identifier as { value: string }).value);
  };
  expect(await namesOf(false)).toEqual(names);
  const mixed = await namesOf(true);
  expect(mixed).not.toEqual(names);
  expect(mixed.sort()).toEqual(names);
});
