import type { CaaRecord } from "node:dns";
import { parseDomainName } from "../../../src/certificates/domain-name";
import { checkCaa } from "../../../src/resolver/check-caa";

const issue = (value: string): CaaRecord => ({ critical: 0, issue: value });
const issuewild = (value: string): CaaRecord => ({ critical: 0, issuewild: value });

/** RFC 8659: climbing (3), issue (4.2), issuewild (4.3), critical (4.1). */
test.each<[string, string, Record<string, CaaRecord[]>, string | undefined]>([
  ["no records", "app.example.gov", {}, undefined],
  [
    "the CA is named",
    "app.example.gov",
    { "app.example.gov": [issue("ca.test; validationmethods=dns-01")] },
    undefined,
  ],
  ["letter case does not matter", "app.example.gov", { gov: [issue("CA.test")] }, undefined],
  ["another CA is named", "app.example.gov", { "example.gov": [issue("other.test")] }, "allows other.test"],
  ["nobody may", "app.example.gov", { "example.gov": [issue(";")] }, "no CA"],
  [
    "the nearest set decides",
    "app.example.gov",
    { "app.example.gov": [issue("ca.test")], "example.gov": [issue(";")] },
    undefined,
  ],
  ["issuewild counts for a wildcard", "*.example.gov", { "example.gov": [issue("ca.test"), issuewild(";")] }, "no CA"],
  ["issuewild does not count for a name", "example.gov", { "example.gov": [issuewild(";")] }, undefined],
  ["only iodef is no limit", "example.gov", { "example.gov": [{ critical: 0, iodef: "mailto:a@b" }] }, undefined],
  ["unknown critical property", "example.gov", { "example.gov": [{ critical: 128 }] }, "critical"],
])("%s", async (_, name, records, why) => {
  const nameServers = { caaOf: async (holder: string) => records[holder] ?? [] };
  const check = checkCaa(parseDomainName(name), ["ca.test"], nameServers);
  if (why === undefined) await check;
  else
    await expect(check).rejects.toMatchObject({
      code: "dns_caa_forbids",
      message: expect.stringContaining(why) as string,
    });
});

test("a CA that names no identity is asked without a check", async () => {
  const nameServers = { caaOf: async () => [issue(";")] };
  await checkCaa(parseDomainName("example.gov"), [], nameServers);
});
