import fc from "fast-check";
import { canonicalRdata, isSameValue } from "../../../src/dns/canonical-rdata";

describe("canonicalRdata", () => {
  test.each([
    ["TXT", "abc", '"abc"'],
    ["TXT", '"a" "b"', '"ab"'],
    ["TXT", '"open', '"open'],
    ["CNAME", "_ABC.acm-validations.AWS", "_abc.acm-validations.aws."],
    ["NS", "A1-2.akam.net.", "a1-2.akam.net."],
    ["MX", "10  Mail.Example.test", "10 mail.example.test."],
    ["SRV", "0 5 443 Host.test.", "0 5 443 host.test."],
    ["CAA", '0 ISSUE "letsencrypt.org"', '0 issue "letsencrypt.org"'],
    ["CAA", "0 issue letsencrypt.org", '0 issue "letsencrypt.org"'],
    ["CAA", "nonsense", "nonsense"],
    ["A", " 192.0.2.1 ", "192.0.2.1"],
    ["AAAA", "2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["AAAA", "not an address", "not an address"],
    ["TLSA", "3 1  1 abcd", "3 1 1 abcd"],
  ])("%s %j is %j", (type, text, canonical) => {
    expect(canonicalRdata(type, text)).toBe(canonical);
  });

  test("is its own canonical form, for any text", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("TXT", "CNAME", "CAA", "A", "AAAA", "MX", "SOA", "HTTPS"),
        fc.string(),
        (type, text) => {
          const once = canonicalRdata(type, text);
          expect(canonicalRdata(type, once)).toBe(once);
        },
      ),
    );
  });

  test("values of one type do not mix", () => {
    expect(isSameValue("TXT", '"a b"', '"ab"')).toBe(false);
    expect(isSameValue("CNAME", "a.test", "b.test")).toBe(false);
  });
});
