import fc from "fast-check";
import { baseName, challengeName, matchesHost, parseDomainName } from "../../../src/certificates/domain-name";

test.each([
  ["App.Example.GOV.", "app.example.gov"],
  ["*.app.example.gov", "*.app.example.gov"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["a-1.example.gov", "a-1.example.gov"],
])("%s is read as %s", (written, read) => expect(parseDomainName(written)).toBe(read));

test.each([
  ["", "empty"],
  [" app.example.gov", "blanks"],
  ["localhost", "single label"],
  ["a..example.gov", "empty label|internationalised"],
  ["192.0.2.1", "IP address"],
  ["https://app.example.gov", "bare host name"],
  ["app.example.gov:443", "bare host name"],
  ["app.*.example.gov", "whole first label"],
  ["a*.example.gov", "whole first label"],
  ["_acme.example.gov", "character other than"],
  ["-a.example.gov", "hyphen"],
  [`${"a".repeat(64)}.example.gov`, "63|internationalised"],
  [Array.from({ length: 60 }, () => "abcd").join("."), "253|internationalised"],
])("%s is refused", (written, why) => {
  expect(() => parseDomainName(written)).toThrow(
    expect.objectContaining({ code: "invalid_domain_name", message: expect.stringMatching(why) as string }) as Error,
  );
});

test("parsing is idempotent", () => {
  fc.assert(
    fc.property(fc.domain(), fc.boolean(), (domain, wildcard) => {
      const once = parseDomainName(wildcard ? `*.${domain}` : domain);
      expect(parseDomainName(once)).toBe(once);
    }),
  );
});

test("apex and wildcard share the challenge name", () => {
  const wildcard = parseDomainName("*.app.example.gov");
  expect(challengeName(wildcard)).toBe("_acme-challenge.app.example.gov");
  expect(challengeName(baseName(wildcard))).toBe(challengeName(wildcard));
});

test.each([
  ["app.example.gov", "app.example.gov", true],
  ["*.example.gov", "app.example.gov", true],
  ["*.example.gov", "example.gov", false],
  ["*.example.gov", "a.b.example.gov", false],
  ["*.example.gov", "evil-example.gov", false],
])("%s is good for %s: %s", (pattern, host, expected) =>
  expect(matchesHost(parseDomainName(pattern), parseDomainName(host))).toBe(expected),
);
