import { wantedValues } from "../../../../src/proxy/merge/wanted-values";

const dkim = String.raw`"v=DKIM1; k=rsa, p=a\"b\\c" "second"`;

test.each<[string, string, string[], string[], string[]]>([
  ["new text is quoted", "TXT", ["abc"], [], ['"abc"']],
  ["quoted text keeps its value", "TXT", ['"a b"'], [], ['"a b"']],
  ["several strings are one value", "TXT", ['"a" "b"'], [], ['"ab"']],
  ["known text stays octet for octet", "TXT", [dkim], [dkim], [dkim]],
  ["without quotes", "TXT", [dkim.replaceAll('"', "")], [dkim], [dkim]],
  [
    "without quotes and backslashes",
    "TXT",
    ['"x"', String.raw`say hi`],
    [String.raw`"say \hi"`],
    ['"x"', String.raw`"say \hi"`],
  ],
  ["without its outer quotes", "TXT", ['a" "b'], ['"a" "b"'], ['"a" "b"']],
  ["split at its commas", "TXT", ["new", ...dkim.replace(/["\\]/g, "").split(",")], [dkim], ['"new"', dkim]],
  ["known twice", "TXT", ["hi there"], ['"hi there"', '"hi there"'], ['"hi there"']],
  ["the same value twice", "TXT", ["abc", '"abc"'], [], ['"abc"']],
  ["an escaped digest is the digest", "TXT", [String.raw`"\097bc"`], [], ['"abc"']],
  ["an address", "A", [" 10.0.0.1 "], [], ["10.0.0.1"]],
  ["a long IPv6 address", "AAAA", ["2001:DB8:0:0::1"], ["2001:db8::1"], ["2001:db8::1"]],
  ["a CNAME", "CNAME", ["X.Example.GOV"], [], ["x.example.gov."]],
  ["a CNAME known without its dot", "CNAME", ["x.example.gov."], ["x.example.gov"], ["x.example.gov"]],
  ["MX", "MX", ["10  Mail.Example.GOV"], [], ["10 mail.example.gov."]],
  ["CAA keeps a semicolon in quotes", "CAA", ['0 issue "ca.test; a=b"'], [], ['0 issue "ca.test; a=b"']],
])("%s", (_, type, sent, known, expected) => {
  expect(wantedValues(type, sent, known)).toEqual(expected);
});

test.each([
  ["TXT", "v=DKIM1; k=rsa", /semicolon/],
  ["TXT", '"a" ; comment', /semicolon/],
  ["TXT", '"open', /quote is not closed/],
  ["TXT", "a\nb", /control character/],
  ["TXT", "", /no string/],
  ["A", "10.0.0.1.evil", /not an IPv4/],
  ["A", "10.0.0.1 10.0.0.2", /not an IPv4/],
  ["AAAA", "fe80::1%eth0", /not an IPv6/],
  ["CNAME", "a b", /character/],
  ["CNAME", "", /empty/],
  ["MX", "10 mail.test ( 20 other.test )", /bracket/],
  ["MX", " ", /empty/],
])("%s %j is refused", (type, text, message) => {
  expect(() => wantedValues(type, [text], [])).toThrow(message);
});

test("as many values as a request can hold, each with a comma, are told apart and recognised at once", () => {
  const known = Array.from({ length: 20_000 }, (_, index) => `"${index},"`);
  const sent = known.map((text) => text.replaceAll('"', ""));
  expect(wantedValues("TXT", [...sent, ...sent], known)).toEqual(known);
});
