/** `cdktf get` against our provider, offline: the classes it writes are those that the package has, field by field. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import * as ts from "typescript";
import { UnexpiredCertificate, UnexpiredDnsRecord, UnexpiredProvider, UnexpiredRollout } from "../../constructs";
import type { Attribute, AttributeTable, AttributeType } from "../../constructs/bindings/attributes";
import { cliConfiguration } from "../../src/provider/install/cli-configuration";
import { installBuiltProviders } from "../support/provider-world";
import { unbuilt } from "../support/unbuilt";

const generator = resolve(__dirname, "../support/generate-bindings-main.ts");

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cdktf-get-"));
  const { folder: mirror, addresses } = await installBuiltProviders(join(folder, "mirror"));
  const cliFile = join(folder, "cli.tfrc");
  await writeFile(cliFile, cliConfiguration({ mirror, addresses, direct: false }));
  await promisify(execFile)(
    process.execPath,
    [...unbuilt, generator, "unexpired/unexpired@~> 0.1", join(folder, "gen")],
    { env: { PATH: process.env.PATH, HOME: folder, TF_CLI_CONFIG_FILE: cliFile, CHECKPOINT_DISABLE: "1" } },
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Field → `string`, `string?` where it may be left out, `string computed`, or the fields of a nested one. */
type Fields = { readonly [name: string]: string | Fields };

const generatedType: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  "boolean | cdktf.IResolvable": "bool",
  "string[]": "string[]",
  "{ [key: string]: string }": "map",
};

/** The settings of an interface that was generated. */
function fieldsOfInterface(source: ts.SourceFile, name: string): Fields {
  const found = source.statements.find(
    (each): each is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(each) && each.name.text === name,
  );
  const members = found?.members.filter(ts.isPropertySignature) ?? [];
  return Object.fromEntries(
    members.map((member) => {
      const text = member.type?.getText(source) ?? "";
      const optional = member.questionToken === undefined ? "" : "?";
      const nested = text.replace(/^(\w+)\[\] \| cdktf\.IResolvable$/, "$1");
      const plain = generatedType[text];
      return [
        member.name.getText(source),
        plain === undefined
          ? {
              "(itself)": nested === text ? `object${optional}` : `list${optional}`,
              ...fieldsOfInterface(source, nested),
            }
          : plain + optional,
      ];
    }),
  );
}

/** Attributes that a generated class has beside its settings. */
function computedOfClass(source: ts.SourceFile, name: string, settings: Fields): Fields {
  const found = source.statements.find(
    (each): each is ts.ClassDeclaration => ts.isClassDeclaration(each) && each.name?.text === name,
  );
  const getters = (found?.members ?? []).filter(ts.isGetAccessor).map((member) => member.name?.getText(source) ?? "");
  return Object.fromEntries(
    getters
      .filter((getter) => !(getter in settings) && !getter.endsWith("Input"))
      .map((getter) => [getter, "string computed"]),
  );
}

const ownType = (type: Extract<AttributeType, string>) =>
  type === "map(string)" ? "map" : type.replace(/^(?:list|set)\(string\)$/, "string[]");

/** A table of ours in the same notation. */
function fieldsOfTable(table: AttributeTable): Fields {
  return Object.fromEntries(Object.entries(table).map(([name, attribute]) => [name, fieldOf(attribute)]));
}

function fieldOf({ type, mode }: Attribute): string | Fields {
  const optional = mode === "optional" ? "?" : "";
  if (typeof type === "string") return ownType(type) + (mode === "computed" ? " computed" : optional);
  return "object" in type
    ? { "(itself)": `object${optional}`, ...fieldsOfTable(type.object) }
    : { "(itself)": `list${optional}`, ...fieldsOfTable(type.list) };
}

test.each([
  ["provider", "UnexpiredProvider", UnexpiredProvider.attributes],
  ["certificate", "Certificate", UnexpiredCertificate.attributes],
  ["dns-record", "DnsRecord", UnexpiredDnsRecord.attributes],
  ["rollout", "Rollout", UnexpiredRollout.attributes],
])("%s", async (module, name, table) => {
  const text = await readFile(join(folder, "gen/providers/unexpired", module, "index.ts"), "utf8");
  const source = ts.createSourceFile("index.ts", text, ts.ScriptTarget.ES2022, true);
  const { alias: _, ...settings } = fieldsOfInterface(source, `${name}Config`);
  expect(Object.keys(settings).length).toBeGreaterThan(0);
  const computed = module === "provider" ? {} : computedOfClass(source, name, settings);
  expect({ ...settings, ...computed }).toEqual(fieldsOfTable(table));
});
