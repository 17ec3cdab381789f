/** Our tables against protobufjs, which reads an independent description of the protocol. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import protobuf from "protobufjs";
import type { Message } from "../../../../src/provider/wire/protobuf";
import * as common from "../../../../src/provider/wire/tfplugin6/common";
import * as requests from "../../../../src/provider/wire/tfplugin6/requests";
import * as responses from "../../../../src/provider/wire/tfplugin6/responses";
import * as schema from "../../../../src/provider/wire/tfplugin6/schema";

const descriptor = JSON.parse(
  readFileSync(join(__dirname, "../../../vectors/tfplugin6/protocol.json"), "utf8"),
) as protobuf.INamespace;
const root = protobuf.Root.fromJSON(descriptor);

type AnyMessage = Message<object>;

const ours: Readonly<Record<string, AnyMessage>> = {
  DynamicValue: common.DynamicValue,
  Diagnostic: common.WireDiagnostic,
  AttributePath: common.WirePath,
  RawState: common.RawState,
  ServerCapabilities: common.ServerCapabilities,
  ClientCapabilities: common.ClientCapabilities,
  Attribute: schema.WireAttribute,
  Schema: schema.WireSchema,
  TypeName: requests.TypeNameRequest,
  GetMetadataResponse: schema.GetMetadataResponse,
  GetProviderSchemaResponse: schema.GetProviderSchemaResponse,
  GetFunctionsResponse: schema.GetFunctionsResponse,
  ...messagesOf(requests),
  ...messagesOf(responses),
};

function messagesOf(module: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(module).filter(([name]) => name !== "TypeNameRequest"));
}

/** Something in every field, nested messages down to a depth. */
function sample(type: protobuf.Type, depth = 4): Record<string, unknown> {
  const members = (type.oneofsArray.length > 0 ? type.fieldsArray.slice(0, 1) : type.fieldsArray)
    .map((field) => [field, sampleOf(field.resolve(), depth)] as const)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => [
      field.name,
      field.map ? { a: value, b: value } : field.repeated ? [value, value] : value,
    ]);
  return Object.fromEntries(members) as Record<string, unknown>;
}

function sampleOf(field: protobuf.Field, depth: number): unknown {
  if (field.resolvedType instanceof protobuf.Type) return depth > 0 ? sample(field.resolvedType, depth - 1) : undefined;
  if (field.type === "string") return `text of ${field.name} äß`;
  if (field.type === "bytes") return Buffer.from(field.name);
  return field.type === "bool" ? true : field.type === "int64" ? 5_000_000_000 + field.id : field.id;
}

const plain = (type: protobuf.Type, bytes: Uint8Array) =>
  type.toObject(type.decode(bytes), { longs: Number, bytes: Buffer, arrays: false, objects: false });

const names = Object.keys(ours);

test("every message of the description has a table, and every table a description", () => {
  for (const name of names) expect(() => root.lookupType(`tfplugin6.${name}`)).not.toThrow();
  const rpcMessages = (root.lookup("tfplugin6") as protobuf.Namespace).nestedArray
    .map(({ name }) => name)
    .filter((name) => /(Request|Response)$/.test(name));
  expect(names).toEqual(expect.arrayContaining(rpcMessages));
});

test.each(names)("%s: what we write is read by protobufjs", (name) => {
  const type = root.lookupType(`tfplugin6.${name}`);
  const value = sample(type);
  expect(plain(type, (ours[name] as AnyMessage).encode(value))).toEqual(value);
});

test.each(names)("%s: what protobufjs writes is read by us", (name) => {
  const type = root.lookupType(`tfplugin6.${name}`);
  const value = sample(type);
  expect((ours[name] as AnyMessage).decode(type.encode(type.fromObject(value)).finish())).toEqual(value);
});

test.each(names.filter((name) => root.lookupType(`tfplugin6.${name}`).fields.diagnostics !== undefined))(
  "%s has its diagnostics under the right number",
  (name) => {
    const diagnostics = [{ severity: 1, summary: "it failed" }];
    const type = root.lookupType(`tfplugin6.${name}`);
    expect(plain(type, (ours[name] as AnyMessage).encode({ diagnostics }))).toEqual({ diagnostics });
  },
);

test("position 0 of a list is written, not left out as a default", () => {
  const type = root.lookupType("tfplugin6.AttributePath");
  const path = { steps: [{ attributeName: "names" }, { elementKeyInt: 0 }, { elementKeyInt: -1 }] };
  expect(plain(type, common.WirePath.encode(path))).toEqual(path);
});

test("fields we do not know are skipped, of every wire type", () => {
  const newer = Buffer.from(
    "0a0161" + "f80601" + "f906" + "00".repeat(8) + "fa0602aabb" + "fd06" + "00".repeat(4),
    "hex",
  );
  expect(requests.TypeNameRequest.decode(newer)).toEqual({ typeName: "a" });
});

test.each([
  ["0a05616263", "ends inside a field"],
  ["0aff", "ends inside a number"],
  ["08" + "ff".repeat(11), "wire type 0"],
  ["0b", "wire type 3"],
  ["00", "field number 0"],
])("malformed bytes %s are refused: %s", (hex, problem) => {
  expect(() => requests.TypeNameRequest.decode(Buffer.from(hex, "hex"))).toThrow(problem);
});
