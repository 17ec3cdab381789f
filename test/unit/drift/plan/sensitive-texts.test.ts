import { sensitiveTexts } from "../../../../src/drift/plan/sensitive-texts";

const change = (before: unknown, marks: unknown) => ({ change: { before, before_sensitive: marks } });

test.each([
  [
    "a variable that is declared so",
    {
      variables: { value: { value: "one" }, other: { value: "two" } },
      configuration: { root_module: { variables: { value: { sensitive: true }, other: {} } } },
    },
    ["one"],
  ],
  ["an attribute", { resource_changes: [change({ name: "open", token: "one" }, { token: true })] }, ["one"]],
  ["something in a list", { resource_drift: [change({ list: ["open", "one"] }, { list: [false, true] })] }, ["one"]],
  ["all of a value", { resource_changes: [change({ a: ["one", 2], b: { c: "two" } }, true)] }, ["one", "two"]],
  ["an output", { output_changes: { token: { after: "one", after_sensitive: true } } }, ["one"]],
  [
    "data in a module",
    {
      prior_state: {
        values: {
          root_module: { child_modules: [{ resources: [{ values: { s: "one" }, sensitive_values: { s: true } }] }] },
        },
      },
    },
    ["one"],
  ],
  ["nothing", { resource_changes: [change({ name: "open" }, {})] }, []],
])("%s", (_, document, texts) => {
  expect(sensitiveTexts(document)).toEqual(texts);
});
