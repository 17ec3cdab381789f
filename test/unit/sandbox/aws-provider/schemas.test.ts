/** Every type of the stand-in against the class that @cdktf/provider-aws made from the real provider's schema. */
import { TerraformResource } from "cdktf";
import { readFileSync } from "node:fs";
import { createAwsStandIn } from "../../../../src/sandbox/aws-provider/aws-stand-in";
import type { BlockType, NestedBlockType, ValueType } from "../../../../src/provider/wire/block-type";

const { resources, dataSources = [] } = createAwsStandIn({});

/** `aws_acm_certificate` is in the folder `acm-certificate`, the data source of the same name in `data-aws-acm-certificate`. */
const folderOf = (typeName: string, prefix: string) => typeName.replace(/^aws_/, prefix).replaceAll("_", "-");
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const camel = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

interface Declaration {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/**
 * Members of an interface in the typings of a class: what a configuration may set, and what it must. Names that end in
 * List have Struct behind them, because a list of blocks has a class whose name ends so.
 */
function declaredIn(typings: string, name: string): Declaration {
  const [, body] =
    new RegExp(`^export interface ${name}(?:Struct)?(?: extends [\\w.]+)? \\{$([^]*?)^\\}`, "m").exec(typings) ?? [];
  if (body === undefined) throw new Error(`no interface ${name}`);
  const members = [...body.matchAll(/^ {4}readonly (\w+)(\??):/gm)];
  const those = (mark: string) =>
    members.flatMap(([, member = "", sign]) => (sign === mark ? [snake(member)] : [])).sort();
  return { required: those(""), optional: those("?") };
}

/** Members that one can read of a class in the typings, without those that the engine adds. */
function readableIn(typings: string, className: string): string[] {
  const [, body] =
    new RegExp(`^export declare class ${className} extends[^{]*\\{$([^]*?)^\\}`, "m").exec(typings) ?? [];
  if (body === undefined) throw new Error(`no class ${className}`);
  const engine = ["internal_value"];
  return [...body.matchAll(/^ {4}get (\w+)\(\):/gm)]
    .map(([, member = ""]) => member)
    .filter((member) => !member.endsWith("Input"))
    .map(snake)
    .filter((member) => !engine.includes(member))
    .sort();
}

function mustBeSet(block: BlockType): string[] {
  const attributes = Object.entries(block.attributes).flatMap(([name, { mode }]) =>
    mode === "required" ? [name] : [],
  );
  const blocks = Object.entries(block.blocks).flatMap(([name, { minItems = 0 }]) => (minItems > 0 ? [name] : []));
  return [...attributes, ...blocks].sort();
}

function maySet(block: BlockType): string[] {
  const attributes = Object.entries(block.attributes).flatMap(([name, { mode }]) =>
    mode === "computed" ? [] : [name],
  );
  const must = mustBeSet(block);
  return [...attributes, ...Object.keys(block.blocks)].filter((name) => !must.includes(name)).sort();
}

/** How cdktf hands an attribute of this type over: sets and lists differ, and a block can be one or many. */
function kindOf(type: ValueType): string {
  if (type.kind === "list" || type.kind === "set") return `${type.kind} of ${type.element.kind}`;
  return type.kind === "map" ? "map" : type.kind;
}

function collectionIn(code: string, className: string): ReadonlyMap<string, { isBlock: boolean; type: string }> {
  const start = code.indexOf(`class ${className} extends`);
  const body = code.slice(code.indexOf("synthesizeHclAttributes", start));
  const found = [...body.matchAll(/^ {12}(\w+): \{\s+value:[^\n]*\s+isBlock: (\w+),\s+type: "(\w+)"/gm)];
  return new Map(found.map(([, name = "", isBlock, type = ""]) => [name, { isBlock: isBlock === "true", type }]));
}

const types = [
  ...resources.map(({ typeName, schema }) => [typeName, folderOf(typeName, ""), schema] as const),
  ...dataSources.map(({ typeName, schema }) => [`data ${typeName}`, folderOf(typeName, "data-aws-"), schema] as const),
];

describe.each(types)("%s", (_, folder, schema) => {
  const path = require.resolve(`@cdktf/provider-aws/lib/${folder}/index.js`);
  const typings = readFileSync(path.replace(/js$/, "d.ts"), "utf8");
  const code = readFileSync(path, "utf8");
  const [, className = ""] =
    /^export declare class (\w+) extends cdktf\.Terraform(?:Resource|DataSource)/m.exec(typings) ?? [];

  test("has the attributes and blocks that a configuration may set, and demands the same ones", () => {
    const { required, optional } = declaredIn(typings, `${className}Config`);
    expect(mustBeSet(schema)).toEqual(required);
    expect(maySet(schema)).toEqual(optional);
  });

  test("has everything that one can read", () => {
    const inherited = Object.keys(Object.getOwnPropertyDescriptors(TerraformResource.prototype)).map(snake);
    const readable = [...Object.keys(schema.attributes), ...Object.keys(schema.blocks)].sort();
    expect(readable).toEqual(readableIn(typings, className).filter((name) => !inherited.includes(name)));
  });

  test("has blocks and sets where the real one has them", () => {
    const real = collectionIn(code, className);
    for (const [name, { isBlock, type }] of real) {
      const block = schema.blocks[name];
      expect([name, block !== undefined]).toEqual([name, isBlock]);
      if (block) expect([name, cdktfNesting(block)]).toEqual([name, type]);
      const attribute = schema.attributes[name];
      if (attribute) expect([name, cdktfType(kindOf(attribute.type))]).toEqual([name, type]);
    }
    expect(real.size).toBeGreaterThan(0);
  });

  test("has the members of each block and object", () => {
    const check = (block: BlockType, prefix: string) => {
      for (const [name, nested] of Object.entries(block.blocks)) {
        const inner = prefix + camel(`_${name}`);
        const { required, optional } = declaredIn(typings, inner);
        expect([inner, mustBeSet(nested), maySet(nested)]).toEqual([inner, required, optional]);
        check(nested, inner);
      }
      for (const [name, { type }] of Object.entries(block.attributes)) {
        const element = type.kind === "list" || type.kind === "set" ? type.element : type;
        if (element.kind !== "object") continue;
        const inner = prefix + camel(`_${name}`);
        const members = readableIn(typings, `${inner}OutputReference`);
        expect([inner, Object.keys(element.attributes).sort()]).toEqual([inner, members]);
      }
    };
    check(schema, className);
  });
});

function cdktfNesting({ nesting }: NestedBlockType): string {
  return nesting === "single" ? "struct" : nesting;
}

/** Plain lists and sets are collections, whatever their elements are; all else is simple. */
function cdktfType(kind: string): string {
  if (kind.startsWith("set")) return "set";
  if (kind.startsWith("list")) return "list";
  return kind === "map" ? "map" : "simple";
}
