/** From the answered challenge to the status of the order (RFC 8555 7.1.6, 7.5.1, 8.4). */
import { body, CaInMemory, problemOf, type Json, type Signer } from "../ca-in-memory";

interface Setting {
  readonly ca: CaInMemory;
  readonly signer: Signer;
  readonly orderUrl: string;
  readonly authorizationUrl: string;
  readonly challenges: readonly { readonly type: string; readonly url: string; readonly token: string }[];
}

async function pending(options = {}): Promise<Setting> {
  const ca = new CaInMemory(options);
  const signer = await ca.account();
  const order = await ca.order(signer, ["a.example.gov"]);
  const [authorizationUrl = ""] = body(order).authorizations as string[];
  const { challenges } = body(await ca.post(signer, authorizationUrl)) as unknown as Setting;
  return { ca, signer, authorizationUrl, orderUrl: String(order.headers?.location), challenges };
}

const dns01 = ({ challenges }: Setting) => challenges.find(({ type }) => type === "dns-01")?.url ?? "";

test.each<[string, (ca: CaInMemory) => void, number, string, RegExp]>([
  ["no value", () => undefined, 403, "unauthorized", /no TXT record found at _acme-challenge\.a\.example\.gov/],
  [
    "another value",
    (ca) => ca.dns.txtRecords.set("_acme-challenge.a.example.gov", ["x", "y"]),
    403,
    "unauthorized",
    /incorrect TXT record "x" \(and 1 more\)/,
  ],
  [
    "NXDOMAIN",
    (ca) => ca.dns.txtRecords.set("_acme-challenge.a.example.gov", "NXDOMAIN"),
    400,
    "dns",
    /NXDOMAIN looking up TXT/,
  ],
  [
    "SERVFAIL",
    (ca) => ca.dns.txtRecords.set("_acme-challenge.a.example.gov", "SERVFAIL"),
    400,
    "dns",
    /SERVFAIL looking up TXT/,
  ],
])("%s makes the challenge, the authorization and the order invalid", async (_, prepare, status, type, detail) => {
  const setting = await pending();
  const { ca, signer } = setting;
  prepare(ca);
  await ca.post(signer, dns01(setting), {});
  const authorization = body(await ca.post(signer, setting.authorizationUrl));
  const [challenge, ...others] = authorization.challenges as { error: Json; status: string }[];
  expect(others).toEqual([]);
  expect(authorization.status).toBe("invalid");
  expect(challenge).toMatchObject({ status: "invalid", error: { type: `urn:ietf:params:acme:error:${type}`, status } });
  expect(challenge?.error.detail).toMatch(detail);
  expect(body(await ca.post(signer, setting.orderUrl)).status).toBe("invalid");
});

test("the right value among others makes the order ready; answering again changes nothing", async () => {
  const setting = await pending();
  const { ca, signer } = setting;
  ca.dns.txtRecords.set("_acme-challenge.a.example.gov", ["foreign"]);
  await ca.prove(signer, { status: 201, body: { authorizations: [setting.authorizationUrl] } });
  const again = await ca.post(signer, dns01(setting), {});
  expect(body(again)).toMatchObject({ status: "valid", validated: ca.now.toISOString() });
  expect(again.headers?.link).toEqual([`<${setting.authorizationUrl}>;rel="up"`]);
  expect(body(await ca.post(signer, setting.orderUrl)).status).toBe("ready");
});

test.each(["http-01", "tls-alpn-01"])("%s is offered and not validated", async (type) => {
  const { ca, signer, challenges } = await pending();
  const url = challenges.find((challenge) => challenge.type === type)?.url ?? "";
  expect(problemOf(await ca.post(signer, url, {}))).toEqual([400, "malformed"]);
  expect(body(await ca.post(signer, url)).status).toBe("pending");
});

test("a deactivated authorization ends the order (RFC 8555 7.5.2)", async () => {
  const setting = await pending();
  const { ca, signer, authorizationUrl } = setting;
  expect(problemOf(await ca.post(signer, authorizationUrl, { status: "valid" }))).toEqual([400, "malformed"]);
  expect(body(await ca.post(signer, authorizationUrl, { status: "deactivated" })).status).toBe("deactivated");
  expect(problemOf(await ca.post(signer, dns01(setting), {}))).toEqual([400, "malformed"]);
  expect(body(await ca.post(signer, setting.orderUrl)).status).toBe("invalid");
});

test("an authorization that nobody answers expires, and the order with it", async () => {
  const setting = await pending();
  const { ca, signer } = setting;
  ca.now = new Date(ca.now.getTime() + 7 * 24 * 3600 * 1000);
  expect(body(await ca.post(signer, setting.authorizationUrl)).status).toBe("expired");
  expect(body(await ca.post(signer, setting.orderUrl)).status).toBe("invalid");
});

test("all validations of an order run side by side", async () => {
  let open = 0;
  const free: (() => void)[] = [];
  const ca = new CaInMemory();
  ca.dns.txt = () => {
    open++;
    return new Promise((resolve) => free.push(() => resolve([])));
  };
  const signer = await ca.account();
  await ca.prove(signer, await ca.order(signer, ["a.example.gov", "b.example.gov", "c.example.gov"]));
  expect(open).toBe(3);
  free.forEach((release) => release());
});

test("pending objects say when to come back, if they are told to", async () => {
  const faults = { ...new CaInMemory().context.faults, pendingRetryAfterSeconds: 7 };
  const setting = await pending({ faults });
  const { ca, signer } = setting;
  const header = async (url: string) => (await ca.post(signer, url)).headers?.["retry-after"];
  expect(await header(setting.orderUrl)).toBe("7");
  expect(await header(setting.authorizationUrl)).toBe("7");
  await ca.prove(signer, { status: 201, body: { authorizations: [setting.authorizationUrl] } });
  expect(await header(setting.orderUrl)).toBeUndefined();
  expect(await header(setting.authorizationUrl)).toBeUndefined();
});
