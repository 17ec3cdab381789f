import { labelBelow, parseNamePattern } from "../../../src/dns/name-pattern";

const zone = "example.gov";

test.each([
  ["app.example.gov", "app.example.gov", true],
  ["APP.example.gov.", "app.example.gov", true],
  ["app.example.gov", "x.app.example.gov", false],
  ["*.example.gov", "app.example.gov", true],
  ["*.example.gov", "example.gov", false],
  ["*.example.gov", "a.app.example.gov", false],
  ["*.example.gov", "*.example.gov", false],
  ["\\*.example.gov", "*.example.gov", true],
  ["\\*.example.gov", "app.example.gov", false],
  ["**.lab.example.gov", "a.lab.example.gov", true],
  ["**.lab.example.gov", "a.b.c.lab.example.gov", true],
  ["**.lab.example.gov", "lab.example.gov", false],
  ["**.lab.example.gov", "evil-lab.example.gov", false],
  ["**.lab.example.gov", "*.lab.example.gov", false],
  ["**.lab.example.gov", "*.a.lab.example.gov", false],
  ["db.*.example.gov", "db.north.example.gov", true],
  ["db.*.example.gov", "db.north.south.example.gov", false],
  ["**.db.*.example.gov", "a.db.north.example.gov", true],
])("%s over %s: %s", (pattern, name, expected) => {
  expect(parseNamePattern(pattern, zone).matches(name)).toBe(expected);
});

test.each([
  ["web-*.example.gov", /whole label/],
  ["a.**.example.gov", /first label/],
  ["a.\\*.example.gov", /first label/],
  ["app.example.com", /not within the zone/],
  ["evil-example.gov", /not within the zone/],
  ["a..example.gov", /empty label/],
  ["a b.example.gov", /character/],
])("%s is refused", (pattern, message) => {
  expect(() => parseNamePattern(pattern, zone)).toThrow(message);
});

test("one label below a parent must match as a whole", () => {
  const pattern = labelBelow("app.example.gov", /^_[0-9a-f]{4}$/, "_<hex>.app.example.gov");
  expect(pattern.matches("_00ff.app.example.gov")).toBe(true);
  expect(pattern.matches("x._00ff.app.example.gov")).toBe(false);
  expect(pattern.matches("_00ff.xapp.example.gov")).toBe(false);
  expect(pattern.matches("app.example.gov")).toBe(false);
});
