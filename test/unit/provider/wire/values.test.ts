/** Values on the wire: recorded bytes, both directions, and what is refused. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { defineSchema, listBlock, mapBlock, setBlock, singleBlock } from "../../../../src/provider/schema/schema";
import { optional } from "../../../../src/provider/schema/attributes";
import { list, map, number, object, set, string } from "../../../../src/provider/schema/value-types";
import type { ValueType } from "../../../../src/provider/wire/block-type";
import { conformanceProblems } from "../../../../src/provider/wire/conformance";
import { decodeJson, decodeMsgpack } from "../../../../src/provider/wire/decode-value";
import { encodeMsgpack } from "../../../../src/provider/wire/encode-value";
import { equalObjects } from "../../../../src/provider/wire/equal-values";
import { UNKNOWN, type Value } from "../../../../src/provider/wire/value";

type TypeText = "string" | "number" | "bool" | readonly ["list" | "set" | "map", TypeText];

interface Vector {
  readonly name: string;
  readonly type: TypeText;
  readonly hex: string;
  readonly value: unknown;
  readonly decodeOnly?: boolean;
  readonly error: string;
}

function vectors(file: string): [string, Vector][] {
  const text = readFileSync(join(__dirname, "../../../vectors/tfplugin6", file), "utf8");
  return (JSON.parse(text) as Vector[]).map((vector) => [vector.name, vector]);
}

function typeOf(text: TypeText): ValueType {
  return typeof text === "string" ? { kind: text } : { kind: text[0], element: typeOf(text[1]) };
}

/** A block of one attribute, v: `81 a1 76` and then its value. */
const one = (type: TypeText) => defineSchema({ attributes: { v: optional(typeOf(type)) } });
const wrapped = (hex: string) => Buffer.from("81a176" + hex, "hex");

function marked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  if ("unknown" in value) return UNKNOWN;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, marked(item)]));
}

test.each(vectors("values.json"))("%s", (_name, { type, hex, value, decodeOnly }) => {
  const block = one(type);
  const expected = { v: marked(value) as Value };
  expect(decodeMsgpack(wrapped(hex), block)).toEqual(expected);
  if (decodeOnly !== true) expect(Buffer.from(encodeMsgpack(expected, block)).toString("hex")).toBe("81a176" + hex);
});

test.each(vectors("refused-values.json"))("%s is refused", (_name, { type, hex, error }) => {
  expect(() => decodeMsgpack(wrapped(hex), one(type))).toThrow(error);
});

const inner = { attributes: { weight: optional(number) } };
const block = defineSchema({
  attributes: {
    text: optional(string),
    names: optional(set(string)),
    zones: optional(list(object({ name: optional(string), tags: optional(map(number)) }))),
  },
  blocks: { one: singleBlock(inner), some: listBlock(inner), any: setBlock(inner), keyed: mapBlock(inner) },
});
const empty = { text: null, names: null, zones: null, one: null, some: [], any: [], keyed: {} };

test("attributes that a stored state lacks are null, blocks are empty, and strangers are dropped", () => {
  expect(decodeJson(Buffer.from('{"text":"a","gone":1}'), block)).toEqual({ ...empty, text: "a" });
});

test("null is no object", () => {
  expect(decodeMsgpack(Buffer.of(0xc0), block)).toBeNull();
  expect(decodeJson(Buffer.from("null"), block)).toBeNull();
  expect(encodeMsgpack(null, block)).toEqual(Uint8Array.of(0xc0));
});

const leaf = {
  name: fc.option(fc.string()),
  tags: fc.option(
    fc.dictionary(
      fc.string().filter((key) => key !== "__proto__"),
      fc.integer(),
    ),
  ),
};
const blocks = fc.array(fc.record({ weight: fc.option(fc.integer()) }));
const values = fc.record({
  text: fc.option(fc.oneof(fc.string(), fc.constant(UNKNOWN))),
  names: fc.option(fc.uniqueArray(fc.string())),
  zones: fc.option(fc.array(fc.record(leaf))),
  one: fc.option(fc.record({ weight: fc.option(fc.integer()) })),
  some: blocks,
  any: blocks,
  keyed: fc.dictionary(
    fc.string().filter((key) => key !== "__proto__"),
    fc.record({ weight: fc.option(fc.integer()) }),
  ),
});

test("what conforms comes back as it went", () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(conformanceProblems(value, block, { unknownAllowed: true })).toEqual([]);
      expect(decodeMsgpack(encodeMsgpack(value as never, block), block)).toEqual(value);
    }),
  );
});

test.each([
  [{ ...empty, text: 5 }, ["text"], "should be a string, is a number"],
  [{ ...empty, text: undefined }, ["text"], "is missing"],
  [{ ...empty, other: 1 }, ["other"], "is not in the schema"],
  [{ ...empty, names: ["a", null] }, ["names", 1], "is null inside a collection"],
  [{ ...empty, names: { a: "b" } }, ["names"], "should be a set, is an object"],
  [{ ...empty, zones: [{ name: "a" }] }, ["zones", 0, "tags"], "is missing"],
  [{ ...empty, zones: [{ name: "a", tags: { x: NaN } }] }, ["zones", 0, "tags", { key: "x" }], "a finite number"],
  [{ ...empty, text: UNKNOWN }, ["text"], "is still unknown"],
  [{ ...empty, some: null }, ["some"], "is null where no block means empty"],
  [{ ...empty, keyed: null }, ["keyed"], "is null where no block means empty"],
  [null, [], "should be an object, is null"],
])("%j does not conform", (value, path, problem) => {
  const problems = conformanceProblems(value, block, { unknownAllowed: false });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ path });
  expect(problems[0]?.problem).toContain(problem);
});

test("sets compare without order, lists with", () => {
  const a = { ...empty, names: ["x", "y"], some: [{ weight: 1 }, { weight: 2 }] };
  expect(equalObjects(a, { ...a, names: ["y", "x"] }, block)).toBe(true);
  expect(equalObjects(a, { ...a, some: [{ weight: 2 }, { weight: 1 }] }, block)).toBe(false);
  expect(equalObjects(a, { ...a, text: UNKNOWN }, block)).toBe(false);
  expect(equalObjects(a, null, block)).toBe(false);
});
