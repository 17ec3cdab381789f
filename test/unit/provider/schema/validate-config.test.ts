import { AppError } from "../../../../src/platform/errors";
import {
  defineSchema,
  Diagnostics,
  integerBetween,
  itemCount,
  list,
  listBlock,
  map,
  mapKey,
  matching,
  number,
  object,
  oneOf,
  optional,
  set,
  string,
  UNKNOWN,
} from "../../../../src/provider/schema";
import { validateConfig } from "../../../../src/provider/schema/validate-config";
import type { ObjectValue } from "../../../../src/provider/wire/value";

const noBlank = (text: string) => {
  if (text.includes(" ")) throw new AppError("invalid_argument", "has a blank", { hint: "use a dash" });
};
const schema = defineSchema({
  attributes: {
    kind: optional(oneOf(["a", "b"])),
    size: optional(number, { validate: integerBetween({ min: 1 }) }),
    names: optional(set(string, { each: noBlank }), { validate: itemCount({ min: 1, max: 2 }) }),
    tags: optional(map(string, { each: noBlank })),
    items: optional(list(object({ code: optional(string, { validate: matching(/^\d+$/, "digits") }) }))),
    old: optional(string, { deprecated: true, description: "use kind" }),
  },
  blocks: { rule: listBlock({ attributes: { text: optional(string, { validate: noBlank }) } }) },
});
const nothing = { kind: null, size: null, names: null, tags: null, items: null, old: null, rule: [] };

function problems(config: ObjectValue) {
  const diagnostics = new Diagnostics();
  validateConfig(schema, { ...nothing, ...config }, diagnostics);
  return diagnostics.all;
}

test("nothing set is nothing wrong", () => {
  expect(problems({})).toEqual([]);
});

test.each([
  [{ kind: "c" }, ["kind"], '"c" is not one of the values allowed here'],
  [{ size: 0.5 }, ["size"], "must be a whole number from 1"],
  [{ names: [] }, ["names"], "must have at least 1 elements, has 0"],
  [{ names: ["a", "b c"] }, ["names", 1], "has a blank"],
  [{ names: [null] }, ["names", 0], "an element is null"],
  [{ tags: { Name: "a b" } }, ["tags", mapKey("Name")], "has a blank"],
  [{ items: [{ code: "1" }, { code: "x" }] }, ["items", 1, "code"], 'must be digits, got "x"'],
  [{ rule: [{ text: "a b" }] }, ["rule", 0, "text"], "has a blank"],
])("%j is refused with its place", (config, path, text) => {
  expect(problems(config as ObjectValue)[0]).toMatchObject({
    severity: "error",
    path,
    summary: expect.stringContaining(text) as string,
  });
});

test("unknown values wait until they are known", () => {
  expect(
    problems({ kind: UNKNOWN, size: UNKNOWN, names: ["ok", UNKNOWN, UNKNOWN], tags: UNKNOWN, rule: UNKNOWN }),
  ).toEqual([]);
});

test("a hint and a code of the error become the detail; all problems are told at once", () => {
  const [first, second] = problems({ names: ["a b"], size: 0 });
  expect([first?.path, second?.path]).toEqual([["size"], ["names", 0]]);
  expect(second?.detail).toBe("use a dash\ncode: invalid_argument");
});

test("a deprecated attribute in use is a warning", () => {
  expect(problems({ old: "x" })).toEqual([
    { severity: "warning", summary: "old is deprecated", detail: "use kind", path: ["old"] },
  ]);
});
