import { letsEncryptProfiles, secondsProfile } from "../../../../../src/sandbox/acme-ca/profiles";
import { body, CaInMemory, problemOf, type Json } from "../ca-in-memory";

const profiles = { ...letsEncryptProfiles, demo: secondsProfile(60) };

async function ask(ca: CaInMemory, certId: string) {
  const answer = await ca.send("GET", `${ca.urls.renewalInfo}/${certId}`);
  return { answer, window: (body(answer).suggestedWindow ?? {}) as { start: string; end: string } };
}

test.each([
  ["classic", 90 * 24 * 3600, "21600"],
  ["tlsserver", 45 * 24 * 3600, "21600"],
  ["shortlived", 160 * 3600, "21600"],
  ["demo", 60, "6"],
])("%s: a window of 2 %% of the life around two thirds of it, and when to ask again", async (profile, life, retry) => {
  const ca = new CaInMemory({ profiles });
  const certificate = await ca.obtain(await ca.account(), ["a.example.gov"], { profile });
  const { answer, window } = await ask(ca, certificate.certId);
  const [start, end] = [window.start, window.end].map(
    (text) => (Date.parse(text) - certificate.notBefore.getTime()) / 1000,
  );
  expect(answer.headers?.["retry-after"]).toBe(retry);
  expect(start).toBeCloseTo((life * 2) / 3 - life / 100, 2);
  expect(end).toBeCloseTo((life * 2) / 3 + life / 100, 2);
});

test("a test moves the window, and puts it back", async () => {
  const ca = new CaInMemory();
  const { serial, certId } = await ca.obtain(await ca.account(), ["a.example.gov"]);
  const before = (await ask(ca, certId)).window;
  const start = new Date("2026-11-03T00:00:00Z");
  const end = new Date("2026-11-04T00:00:00Z");
  ca.management.setRenewalWindow(serial.toUpperCase(), { start, end, explanationUrl: "https://ca.example/incident" });
  expect(body((await ask(ca, certId)).answer)).toEqual({
    suggestedWindow: { start: start.toISOString(), end: end.toISOString() },
    explanationURL: "https://ca.example/incident",
  });
  ca.management.setRenewalWindow(serial, undefined);
  expect((await ask(ca, certId)).window).toEqual(before);
});

test("the window of a revoked certificate is over", async () => {
  const ca = new CaInMemory();
  const { serial, certId } = await ca.obtain(await ca.account(), ["a.example.gov"]);
  ca.management.revokeCertificate(serial, 4);
  const { window } = await ask(ca, certId);
  expect(Date.parse(window.end)).toBeLessThanOrEqual(ca.now.getTime());
  expect(Date.parse(window.start)).toBeLessThan(Date.parse(window.end));
});

test.each<[string, string, [number, string]]>([
  ["no dot", "AAAA", [400, "malformed"]],
  ["padding", "AAA=.AAAA", [400, "malformed"]],
  ["a certificate of another CA", "aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE", [404, "malformed"]],
])("a certID with %s is refused", async (_, certId, expected) => {
  expect(problemOf((await ask(new CaInMemory(), certId)).answer)).toEqual(expected);
});

test("the certID keeps the leading zero octet of the serial (RFC 9773 4.1)", async () => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const serials: string[] = [];
  for (let count = 0; count < 30; count++) {
    const { serial, certId } = await ca.obtain(signer, [`n${count}.example.gov`]);
    expect(Buffer.from(certId.split(".")[1] ?? "", "base64url").toString("hex")).toBe(serial);
    serials.push(serial);
  }
  expect(serials.some((serial) => /^00[89a-f]/.test(serial))).toBe(true);
  expect(serials.some((serial) => /^[0-7]/.test(serial) && !serial.startsWith("00"))).toBe(true);
});

describe("replaces (RFC 9773 5)", () => {
  const renew = (ca: CaInMemory, ...[signer, names, fields]: Parameters<CaInMemory["order"]>) =>
    ca.order(signer, names, fields);

  test("the order shows it, the certificate remembers it", async () => {
    const ca = new CaInMemory();
    const signer = await ca.account();
    const first = await ca.obtain(signer, ["a.example.gov"]);
    const second = await ca.obtain(signer, ["a.example.gov"], { replaces: first.certId });
    expect(second.replaces).toBe(first.certId);
    const [, order] = ca.context.store.orders.values();
    expect(body(await ca.post(signer, ca.urls.order(order as never)))).toMatchObject({ replaces: first.certId });
  });

  test("a second replacement is a conflict while the first order is alive, and possible once it is invalid", async () => {
    const ca = new CaInMemory();
    const signer = await ca.account();
    const { certId } = await ca.obtain(signer, ["a.example.gov"]);
    const open = await renew(ca, signer, ["a.example.gov"], { replaces: certId });
    expect(open.status).toBe(201);
    const conflict = await renew(ca, signer, ["a.example.gov"], { replaces: certId });
    expect(problemOf(conflict)).toEqual([409, "alreadyReplaced"]);
    const [authorization = ""] = body(open).authorizations as string[];
    await ca.post(signer, authorization, { status: "deactivated" });
    await ca.obtain(signer, ["a.example.gov"], { replaces: certId });
    const late = await renew(ca, signer, ["a.example.gov"], { replaces: certId });
    expect(problemOf(late)).toEqual([409, "alreadyReplaced"]);
  });

  test.each<[string, number, string[]]>([
    ["the same names", 201, ["a.gov", "b.gov", "c.gov", "d.gov"]],
    ["one more name", 201, ["a.gov", "b.gov", "c.gov", "d.gov", "e.gov"]],
    ["half of the names", 201, ["a.gov", "b.gov"]],
    ["fewer than half of the names", 400, ["a.gov", "x.gov", "y.gov", "z.gov"]],
    ["other names", 400, ["x.gov"]],
  ])("an order for %s answers %i", async (_, status, names) => {
    const ca = new CaInMemory();
    const signer = await ca.account();
    const { certId } = await ca.obtain(signer, ["a.gov", "b.gov", "c.gov", "d.gov"]);
    expect((await renew(ca, signer, names, { replaces: certId })).status).toBe(status);
  });

  test.each<[string, Json, [number, string]]>([
    ["a certID that is none", { replaces: "x" }, [400, "malformed"]],
    ["a certificate of elsewhere", { replaces: "AAAA.AAAA" }, [404, "malformed"]],
    ["no text", { replaces: 1 }, [400, "malformed"]],
  ])("%s is refused", async (_, fields, expected) => {
    const ca = new CaInMemory();
    expect(problemOf(await renew(ca, await ca.account(), ["a.gov"], fields))).toEqual(expected);
  });

  test("the certificate of another account is refused", async () => {
    const ca = new CaInMemory();
    const { certId } = await ca.obtain(await ca.account(), ["a.gov"]);
    const answer = await renew(ca, await ca.account(), ["a.gov"], { replaces: certId });
    expect(problemOf(answer)).toEqual([403, "unauthorized"]);
  });
});
