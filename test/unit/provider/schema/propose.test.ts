import {
  bool,
  computed,
  defineSchema,
  list,
  listBlock,
  map,
  number,
  object,
  optional,
  optionalComputed,
  required,
  set,
  string,
  UNKNOWN,
  writeOnly,
} from "../../../../src/provider/schema";
import { proposePlan } from "../../../../src/provider/schema/propose";
import type { ObjectValue } from "../../../../src/provider/wire/value";

const item = { name: required(string), id: computed(string), weight: optional(number, { default: 1 }) };
const schema = defineSchema({
  attributes: {
    name: required(string),
    size: optional(number, { default: 3 }),
    region: optionalComputed(string),
    arn: computed(string),
    secret: writeOnly(string),
    items: optional(list(object(item))),
    keyed: optional(map(object(item))),
    rules: optional(set(object({ name: required(string), weight: optional(number, { default: 1 }) }))),
  },
  blocks: { step: listBlock({ attributes: { order: required(number), done: optional(bool, { default: false }) } }) },
});
const config = {
  name: "a",
  size: null,
  region: null,
  arn: null,
  secret: "s",
  items: null,
  keyed: null,
  rules: null,
  step: [],
};
const proposed = { ...config, secret: null };

test("on create: defaults, unknown where the provider chooses, write-only values gone", () => {
  expect(proposePlan(schema, { config, proposed, prior: null })).toEqual({
    ...proposed,
    size: 3,
    region: UNKNOWN,
    arn: UNKNOWN,
  });
});

test("on update: computed values stay as core proposes them, a default returns when configuration drops the value", () => {
  const prior = { ...proposed, size: 9, region: "eu", arn: "arn" };
  expect(proposePlan(schema, { config, proposed: { ...prior, size: 9 }, prior })).toMatchObject({
    size: 3,
    region: "eu",
    arn: "arn",
  });
});

test("a computed value that is null in the prior state is not made unknown by an update", () => {
  const prior = { ...proposed, size: 3, region: "eu" };
  expect(proposePlan(schema, { config, proposed: prior, prior }).arn).toBeNull();
});

test("configured values stay, also unknown ones", () => {
  const written: ObjectValue = { ...config, name: UNKNOWN, size: 0, region: "us" };
  expect(proposePlan(schema, { config: written, proposed: written, prior: null })).toMatchObject({
    name: UNKNOWN,
    size: 0,
    region: "us",
  });
});

test("inside lists, maps and blocks each element is new or matched with its prior one", () => {
  const written = {
    ...config,
    items: [
      { name: "x", id: null, weight: null },
      { name: "y", id: null, weight: 5 },
    ],
    keyed: { k: { name: "z", id: null, weight: null } },
    step: [{ order: 1, done: null }],
  };
  const before = { ...proposed, items: [{ name: "x", id: "id-x", weight: 1 }], keyed: {}, step: [] };
  const merged = { ...written, secret: null, items: [{ name: "x", id: "id-x", weight: 1 }, written.items[1] ?? null] };
  expect(proposePlan(schema, { config: written, proposed: merged, prior: before })).toMatchObject({
    items: [
      { name: "x", id: "id-x", weight: 1 },
      { name: "y", id: UNKNOWN, weight: 5 },
    ],
    keyed: { k: { name: "z", id: UNKNOWN, weight: 1 } },
    step: [{ order: 1, done: false }],
  });
});

test("elements of sets get their defaults", () => {
  const written: ObjectValue = { ...config, rules: [{ name: "r", weight: null }, UNKNOWN] };
  expect(proposePlan(schema, { config: written, proposed: written, prior: null }).rules).toEqual([
    { name: "r", weight: 1 },
    UNKNOWN,
  ]);
});
