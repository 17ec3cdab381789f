import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { AcmeConnection } from "../../../src/acme/connection";
import { certId, getRenewalInfo } from "../../../src/acme/renewal-info";
import { ScriptedCa, scriptedDirectory, type ScriptedAnswer } from "../../support/scripted-ca";
import vectors from "../../vectors/acme/cert-id.json";

const id = "aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE";
const suggestedWindow = { start: "2026-11-02T04:00:00Z", end: "2026-11-03T04:00:00Z" };

function connect(answers: readonly ScriptedAnswer[], directory: object = {}) {
  const ca = new ScriptedCa(answers, {
    ...scriptedDirectory,
    renewalInfo: "https://ca.test/renewal-info",
    ...directory,
  });
  const clock = { now: () => new Date("2026-11-01T00:00:00Z") };
  return { ca, connection: new AcmeConnection({ directoryUrl: ca.directoryUrl, http: ca, clock }) };
}

test.each(vectors.vectors)("certID of serial $serial as in the RFC", ({ authorityKeyId, serial, certId: expected }) => {
  expect(certId(authorityKeyId, serial)).toBe(expected);
  expect(certId(authorityKeyId.toUpperCase(), serial)).toBe(expected);
});

test.each(["", "123", "xyz0", "00:87"])("a serial %j that is not whole octets in hex is refused", (serial) => {
  expect(() => certId("69885b6b", serial)).toThrow(expect.objectContaining({ code: "invalid_argument" }) as Error);
});

test("the window, the page for people and the time to ask again", async () => {
  const explanationURL = "https://ca.test/incident";
  const { ca, connection } = connect([
    { body: { suggestedWindow, explanationURL }, headers: { "retry-after": "21600" } },
  ]);
  await expect(getRenewalInfo(connection, id)).resolves.toEqual({
    window: { start: new Date(suggestedWindow.start), end: new Date(suggestedWindow.end) },
    explanationUrl: explanationURL,
    retryAfterMs: 21_600_000,
  });
  expect(ca.signed).toEqual([]);
  expect(ca.freshNonces).toBe(0);
});

test("a thousand certificates at once read the directory once", async () => {
  const { ca, connection } = connect(Array.from({ length: 1000 }, () => ({ body: { suggestedWindow } })));
  await Promise.all(Array.from({ length: 1000 }, () => getRenewalInfo(connection, id)));
  expect(ca.directoryReads).toBe(1);
  expect(ca.unused).toBe(0);
});

test.each([
  ["1", 60_000],
  ["0", 60_000],
  ["3600", 3600_000],
  ["9999999", 86_400_000],
  ["Sun, 01 Nov 2026 02:00:00 GMT", 7200_000],
  ["soon", 21_600_000],
  [undefined, 21_600_000],
])("Retry-After %s becomes %i ms", async (header, expected) => {
  const headers: Record<string, string> = header === undefined ? {} : { "retry-after": header };
  const { connection } = connect([{ body: { suggestedWindow }, headers }]);
  expect((await getRenewalInfo(connection, id))?.retryAfterMs).toBe(expected);
});

test("a CA without renewal information is asked for none", async () => {
  const { ca, connection } = connect([], { renewalInfo: undefined });
  await expect(getRenewalInfo(connection, id)).resolves.toBeUndefined();
  expect(ca.directoryReads).toBe(1);
});

test.each([
  ["an end before the start", { suggestedWindow: { start: suggestedWindow.end, end: suggestedWindow.start } }],
  ["an end at the start", { suggestedWindow: { start: suggestedWindow.start, end: suggestedWindow.start } }],
  ["no window", {}],
  ["dates that are none", { suggestedWindow: { start: "tomorrow", end: "later" } }],
  ["a page instead of JSON", "<html>maintenance</html>"],
])("%s voids the answer", async (_what, body) => {
  const { connection } = connect([{ body }]);
  await expect(getRenewalInfo(connection, id)).rejects.toMatchObject({ code: "acme_problem" });
});

test("a refusal keeps the CA's reason and its wait", async () => {
  const { connection } = connect([
    { status: 429, headers: { "retry-after": "120" }, body: { type: "urn:ietf:params:acme:error:rateLimited" } },
  ]);
  await expect(getRenewalInfo(connection, id)).rejects.toMatchObject({
    code: "acme_rate_limited",
    retryAfterMs: 120_000,
  });
});

test("asking for renewal information loads no package: undici comes with the first request", () => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, kind, target = ""] of readFileSync(file, "utf8").matchAll(
      /^import( type)?[^;]*?from "([^"]+)";$/gm,
    )) {
      if (kind !== undefined) continue;
      if (target.startsWith(".")) visit(`${resolve(dirname(file), target)}.ts`);
      else if (!target.startsWith("node:")) packages.add(target);
    }
  };
  visit(join(__dirname, "../../../src/acme/renewal-info.ts"));
  visit(join(__dirname, "../../../src/acme/connection.ts"));
  expect([...packages]).toEqual([]);
});
