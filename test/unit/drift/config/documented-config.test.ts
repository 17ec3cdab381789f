import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultConfig } from "../../../../src/drift/config/config";
import { configShape, knownKeys } from "../../../../src/drift/config/config-shape";
import { LocatedYaml } from "../../../../src/platform/yaml-file/located-yaml";
import { parseShape } from "../../../../src/platform/yaml-file/parse-shape";

const read = (text: string) => parseShape(new LocatedYaml(text), "drift-check.yaml", configShape, knownKeys);

test("the configuration in docs/reference/drift-check.md is one, with every word there is", () => {
  const page = readFileSync(join(__dirname, "../../../../docs/reference/drift-check.md"), "utf8");
  const [, text = ""] = /^```yaml\n([^]*?)^```$/m.exec(page.slice(page.indexOf("## drift-check.yaml"))) ?? [];
  const config = read(text);
  expect(config.freezes[0]?.until).toEqual(new Date("2027-01-04T00:00:00Z"));
  for (const [path, keys] of Object.entries(knownKeys)) {
    const part = path === "" ? config : config[path as keyof typeof config];
    const entry = Array.isArray(part) ? (part[0] as unknown) : part;
    expect([path, Object.keys(entry as object).sort()]).toEqual([path, [...keys].sort()]);
  }
});

test("an empty file says what no file says", () => {
  expect(read("")).toEqual(defaultConfig);
});

test.each([
  ["limit:\n  renewals: 1", 'drift-check.yaml:1:1: unknown key "limit"; did you mean "limits"?'],
  ["limits:\n  share: 2", "drift-check.yaml:2:10: limits.share: too big: expected number to be <=1"],
  ["freezes:\n  - { from: soon, until: 2027-01-01 }", "freezes[0].from: use a date or a moment"],
  ["freezes:\n  - { from: 2027-01-02, until: 2027-01-01 }", "freezes[0].until: until must be after from"],
  ["follow:\n  - { type: Parameter, attributes: [value] }", "follow[0].type: use a resource type"],
])("%j is refused", (text, message) => {
  expect(() => read(text)).toThrow(message);
});
