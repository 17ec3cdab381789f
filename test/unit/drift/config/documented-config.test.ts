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
  const written = new LocatedYaml(text).value;
  for (const [path, keys] of Object.entries(knownKeys)) {
    const shown = new Set(mappingsAt(path, written).flatMap(Object.keys));
    // of a secret one place at a time can be shown
    const expected = /\.(url|hmac)$/.test(path) ? keys.filter((key) => shown.has(key)) : keys;
    expect([path, [...shown].sort()]).toEqual([path, [...expected].sort()]);
    expect(shown.size).toBeGreaterThan(0);
  }
});

/** Every mapping at a path with list positions left out. */
function mappingsAt(path: string, root: unknown): object[] {
  const steps = path === "" ? [] : path.split(".");
  const members = (parts: readonly unknown[], step: string) =>
    parts.flatMap((part) => (part as Readonly<Record<string, unknown>>)[step] ?? []);
  return steps.reduce<readonly unknown[]>(members, [root]) as object[];
}

test("an empty file says what no file says", () => {
  expect(read("")).toEqual(defaultConfig);
});

test.each([
  ["limit:\n  renewals: 1", 'drift-check.yaml:1:1: unknown key "limit"; did you mean "limits"?'],
  ["limits:\n  share: 2", "drift-check.yaml:2:10: limits.share: too big: expected number to be <=1"],
  ["freezes:\n  - { from: soon, until: 2027-01-01 }", "freezes[0].from: use a date or a moment"],
  ["freezes:\n  - { from: 2027-01-02, until: 2027-01-01 }", "freezes[0].until: until must be after from"],
  ["notify:\n  - webhook: { url: https://chat/planted }", "notify[0].webhook.url: say where it is: { env: NAME }"],
  ["notify:\n  - webhook: { url: { env: https://chat/planted } }", "url.env: use the name of an environment variable"],
  ["notify:\n  - webhook: { url: { env: A, file: b } }", "webhook.url: it needs one of env, file and secretsManager"],
  ["notify:\n  - on: [failed]", "notify[0]: it needs one of webhook, sns and eventBridge"],
  ["notify:\n  - { sns: { topicArn: arn:aws:sns:us-east-1:111122223333:a.fifo } }", "a topic that is not FIFO"],
  ["notify:\n  - { eventBridge: {}, on: [applyed] }", 'did you mean "applied"?'],
  ["follow:\n  - { type: Parameter, attributes: [value] }", "follow[0].type: use a resource type"],
])("%j is refused", (text, message) => {
  expect(() => read(text)).toThrow(message);
  expect(() => read(text)).not.toThrow(/planted/);
});
