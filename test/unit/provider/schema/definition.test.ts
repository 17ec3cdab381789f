import {
  computed,
  defineSchema,
  list,
  listBlock,
  number,
  object,
  optional,
  required,
  set,
  setBlock,
  string,
  writeOnly,
} from "../../../../src/provider/schema";

test.each([
  [{ Name: required(string) }, "Name is not a name in lower case"],
  [{ count: required(number) }, "count has a name that core keeps for itself"],
  [{ a: optional(set(object({ id: computed(string) }))) }, "a.id is computed inside a set"],
  [{ a: optional(set(object({ key: writeOnly(string) }))) }, "a.key is write-only inside a set"],
  [{ a: optional(list(list(object({ id: required(string) })))) }, "a has objects in a collection of collections"],
  [{ a: optional(object({ x: optional(string) }), { default: { x: null } }) }, "a is an object with a default"],
])("%# is refused: %s", (attributes, problem) => {
  expect(() => defineSchema({ attributes })).toThrow(problem);
});

test("blocks are checked as attributes are", () => {
  const attributes = { id: computed(string) };
  expect(() => defineSchema({ attributes: {}, blocks: { b: setBlock({ attributes }) } })).toThrow("b.id is computed");
  expect(() => defineSchema({ attributes: { b: optional(string) }, blocks: { b: listBlock({ attributes }) } })).toThrow(
    "b is both an attribute and a block",
  );
});

test("collections of collections of scalars are fine", () => {
  expect(defineSchema({ attributes: { a: optional(list(list(string))) } }).version).toBe(0);
});
