/** RFC 8659 and RFC 8657, and what the Baseline Requirements add, in a table. */
import type { CaaRecord } from "node:dns";
import { AcmeProblem } from "../../../../../src/sandbox/acme-ca/problems";
import { checkCaa } from "../../../../../src/sandbox/acme-ca/validation/check-caa";
import { FakeDns } from "../ca-in-memory";

const accountUrl = "https://ca.example/accounts/1";

async function outcome(zone: Record<string, CaaRecord[] | string>, name = "www.example.gov", wildcard = false) {
  const dns = new FakeDns();
  for (const [owner, records] of Object.entries(zone)) dns.caaRecords.set(owner, records);
  const question = { name, wildcard, identities: ["ca.example", "ca.example.org"], accountUrl, method: "dns-01" };
  try {
    await checkCaa(question, dns);
    return "permitted";
  } catch (error) {
    if (!(error instanceof AcmeProblem)) throw error;
    expect(error.document.identifier).toEqual({ type: "dns", value: wildcard ? `*.${name}` : name });
    return error.document.type.split(":").at(-1);
  }
}

const issue = (value: string): CaaRecord => ({ critical: 0, issue: value });
const issueWild = (value: string): CaaRecord => ({ critical: 0, issuewild: value });

test.each<[string, Record<string, CaaRecord[] | string>, string]>([
  ["no record at all", {}, "permitted"],
  ["this CA", { "www.example.gov": [issue("ca.example")] }, "permitted"],
  ["this CA's other name, in capitals", { "www.example.gov": [issue("CA.example.org")] }, "permitted"],
  ["another CA", { "www.example.gov": [issue("other.example")] }, "caa"],
  ["several, this one among them", { "www.example.gov": [issue("other.example"), issue("ca.example")] }, "permitted"],
  ["nobody", { "www.example.gov": [issue(";")] }, "caa"],
  ["another CA at the parent", { "example.gov": [issue("other.example")] }, "caa"],
  ["another CA at the top", { gov: [issue("other.example")] }, "caa"],
  ["the nearest set alone counts", { "www.example.gov": [issue("ca.example")], gov: [issue(";")] }, "permitted"],
  ["a set without issue", { "www.example.gov": [{ critical: 0, iodef: "mailto:a@b.c" }] }, "permitted"],
  [
    "a set without issue ends the climb",
    { "www.example.gov": [{ critical: 0, iodef: "x" }], gov: [issue(";")] },
    "permitted",
  ],
  ["issuewild does not matter", { "www.example.gov": [issueWild(";"), issue("ca.example")] }, "permitted"],
  [
    "an unknown critical property",
    { "www.example.gov": [issue("ca.example"), { critical: 128, tbs: "x" } as never] },
    "caa",
  ],
  [
    "an unknown property",
    { "www.example.gov": [issue("ca.example"), { critical: 0, tbs: "x" } as never] },
    "permitted",
  ],
  ["a known critical property", { "www.example.gov": [{ critical: 128, issue: "ca.example" }] }, "permitted"],
  ["this account", { "www.example.gov": [issue(`ca.example; accounturi=${accountUrl}`)] }, "permitted"],
  ["another account", { "www.example.gov": [issue("ca.example; accounturi=https://ca.example/accounts/2")] }, "caa"],
  ["this method", { "www.example.gov": [issue("ca.example; validationmethods=http-01,dns-01")] }, "permitted"],
  ["another method", { "www.example.gov": [issue("ca.example;validationmethods=http-01")] }, "caa"],
  ["SERVFAIL is not permission", { "www.example.gov": "SERVFAIL" }, "dns"],
  ["SERVFAIL at the parent", { "example.gov": "SERVFAIL" }, "dns"],
  ["NXDOMAIN climbs", { "www.example.gov": "NXDOMAIN", "example.gov": [issue("ca.example")] }, "permitted"],
  ["REFUSED above the zones of the server", { gov: "REFUSED" }, "permitted"],
  ["REFUSED for the name itself", { "www.example.gov": "REFUSED" }, "dns"],
])("%s", async (_, zone, expected) => {
  expect(await outcome(zone)).toBe(expected);
});

test.each<[string, Record<string, CaaRecord[]>, string]>([
  ["issue counts without issuewild", { "www.example.gov": [issue("other.example")] }, "caa"],
  [
    "issuewild takes the place of issue",
    { "www.example.gov": [issue("other.example"), issueWild("ca.example")] },
    "permitted",
  ],
  ["issuewild forbids although issue permits", { "www.example.gov": [issue("ca.example"), issueWild(";")] }, "caa"],
])("wildcard: %s", async (_, zone, expected) => {
  expect(await outcome(zone, "www.example.gov", true)).toBe(expected);
});
