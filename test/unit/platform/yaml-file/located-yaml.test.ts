import { LocatedYaml } from "../../../../src/platform/yaml-file/located-yaml";

const billion = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
  .concat(["b", "c", "d"].map((name, index) => `${name}: &${name} [${Array(10).fill(`*${"abc"[index]}`).join(", ")}]`))
  .join("\n");

test.each([
  ["a pattern without its quotes", "a: 1\nnames: [*.e.gov]", [2, 9, /^\*\.e\.gov is read as a YAML alias/]],
  ["what stands for very much", billion, [1, 1, /alias count/]],
] as const)("%s is a problem at its place", (_, text, [line, column, message]) => {
  const yaml = new LocatedYaml(text);
  expect(yaml.problems).toMatchObject([{ line, column }]);
  expect(yaml.problems[0]?.message).toMatch(message);
});

test("an alias of something is a value like others", () => {
  const yaml = new LocatedYaml("office: &office [10.0.0.0/8]\ncidrs: *office");
  expect([yaml.problems, yaml.value]).toEqual([[], { office: ["10.0.0.0/8"], cidrs: ["10.0.0.0/8"] }]);
});
