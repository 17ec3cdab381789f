import { AcmeConnection } from "../../../src/acme/connection";
import { parseDirectory } from "../../../src/acme/directory";
import { ScriptedCa, scriptedDirectory } from "../../support/scripted-ca";

const url = "https://ca.test/directory";
const now = new Date("2026-11-01T00:00:00Z");
const parse = (body: unknown, status = 200) =>
  parseDirectory(url, { status, headers: {}, body: typeof body === "string" ? body : JSON.stringify(body) }, now);

test("what a CA says of itself", () => {
  const directory = parse({
    ...scriptedDirectory,
    renewalInfo: "https://ca.test/ari",
    meta: {
      profiles: { classic: "The default", shortlived: "https://ca.test/docs/shortlived" },
      caaIdentities: ["CA.Test", 7],
      externalAccountRequired: true,
      termsOfService: "https://ca.test/terms",
    },
  });
  expect(directory).toMatchObject({
    url,
    newOrderUrl: "https://ca.test/new-order",
    renewalInfoUrl: "https://ca.test/ari",
    termsOfServiceUrl: "https://ca.test/terms",
    profiles: { classic: "The default", shortlived: "https://ca.test/docs/shortlived" },
    caaIdentities: ["ca.test"],
    externalAccountRequired: true,
  });
});

test("a bare directory has no profiles, no renewal information and needs no binding", () => {
  const directory = parse(scriptedDirectory);
  expect(directory).toMatchObject({ profiles: {}, caaIdentities: [], externalAccountRequired: false });
  expect(directory.renewalInfoUrl).toBeUndefined();
});

test.each([
  ["a page", "<html></html>", 200, "it is not a JSON object"],
  ["a list", [], 200, "it is not a JSON object"],
  ["another API", { newNonce: "https://ca.test/n" }, 200, "it has no URL for newAccount"],
  ["a resource that is no URL", { ...scriptedDirectory, newOrder: "/new-order" }, 200, "it has no URL for newOrder"],
  ["not found", "", 404, "it answers with HTTP status 404"],
  ["a redirect", "", 301, "it answers with HTTP status 301"],
])("%s is not a directory", (_what, body, status, why) => {
  expect(() => parse(body, status)).toThrow(
    expect.objectContaining({ code: "acme_directory", message: `${url} is not an ACME directory: ${why}` }) as Error,
  );
});

test("a CA that is down is a failure to try again, not a wrong URL", () => {
  expect(() => parse("", 503)).toThrow(expect.objectContaining({ code: "acme_problem", retryable: true }) as Error);
});

test.each(["http://ca.test/directory", "ftp://ca.test", "ca.test", ""])("%j is refused: not https", (directoryUrl) => {
  expect(() => new AcmeConnection({ directoryUrl })).toThrow(
    expect.objectContaining({ code: "acme_directory" }) as Error,
  );
});

test("a resource on plain http elsewhere gets no request", async () => {
  const ca = new ScriptedCa([], { ...scriptedDirectory, newNonce: "http://ca.test/new-nonce" });
  const connection = new AcmeConnection({ directoryUrl: ca.directoryUrl, http: ca });
  await expect(connection.nonce()).rejects.toMatchObject({ code: "acme_directory" });
});

test("the directory is read once a day", async () => {
  let time = now.getTime();
  const ca = new ScriptedCa();
  const clock = { now: () => new Date(time) };
  const connection = new AcmeConnection({ directoryUrl: ca.directoryUrl, http: ca, clock });
  await connection.directory();
  time += 86_399_000;
  await connection.directory();
  expect(ca.directoryReads).toBe(1);
  time += 2_000;
  await connection.directory();
  expect(ca.directoryReads).toBe(2);
});

test("one caller's abort does not take the directory from the others", async () => {
  const ca = new ScriptedCa();
  const connection = new AcmeConnection({ directoryUrl: ca.directoryUrl, http: ca });
  const controller = new AbortController();
  const aborted = connection.directory(controller.signal);
  const other = connection.directory();
  controller.abort();
  await expect(aborted).rejects.toMatchObject({ code: "aborted" });
  await expect(other).resolves.toMatchObject({ url: ca.directoryUrl });
});
