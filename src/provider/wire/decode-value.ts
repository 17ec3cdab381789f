/** Values that core sends: msgpack (or JSON, from state files) read by the block they belong to. */
import { decode, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import { AppError } from "../../platform/errors";
import { formatPath, mapKey, type AttributePath } from "./attribute-path";
import type { BlockType } from "./block-type";
import { kindOfValue, kindText } from "./kind-text";
import { emptyBlocks, shapeOf, type ObjectShape, type Shape } from "./shape";
import { UNKNOWN, type ObjectValue, type Value } from "./value";

const extensionCodec = new ExtensionCodec();
// the library would read type -1 as a date; here every extension is an unknown value, refined or not
extensionCodec.register({ type: -1, encode: () => null, decode: (data) => new ExtData(-1, data) });

/** The value of a whole block; null where core says that there is none. */
export function decodeMsgpack(bytes: Uint8Array, block: BlockType): ObjectValue | null {
  return objectOrNull(decode(bytes, { extensionCodec }), block);
}

/** The same from JSON. Members the schema does not have are dropped; those it has and the text has not are null. */
export function decodeJson(bytes: Uint8Array, block: BlockType): ObjectValue | null {
  return objectOrNull(parseJson(bytes), block);
}

export function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8")) as unknown;
}

function objectOrNull(raw: unknown, block: BlockType): ObjectValue | null {
  if (raw === null || raw === undefined) return null;
  if (isExtension(raw)) throw new AppError("provider_value", "core sent a whole object as unknown");
  return readObject(raw, shapeOf(block), []);
}

function read(raw: unknown, shape: Shape, path: AttributePath): Value {
  if (raw === null || raw === undefined) return null;
  if (isExtension(raw)) return UNKNOWN;
  switch (shape.kind) {
    case "string":
      return typeof raw === "string" ? raw : mismatch(raw, shape, path);
    case "bool":
      return typeof raw === "boolean" ? raw : mismatch(raw, shape, path);
    case "number":
      return readNumber(raw, shape, path);
    case "list":
    case "set":
      return Array.isArray(raw)
        ? raw.map((item: unknown, index) => read(item, shape.element, [...path, index]))
        : mismatch(raw, shape, path);
    case "map":
      return isRecord(raw)
        ? Object.fromEntries(
            Object.entries(raw).map(([key, item]) => [key, read(item, shape.element, [...path, mapKey(key)])]),
          )
        : mismatch(raw, shape, path);
    case "object":
      return readObject(raw, shape, path);
  }
}

function readObject(raw: unknown, shape: ObjectShape, path: AttributePath): ObjectValue {
  if (!isRecord(raw)) return mismatch(raw, shape, path);
  return Object.fromEntries(
    [...shape.members].map(([name, member]) => [
      name,
      read(raw[name], member.shape, [...path, name]) ?? emptyBlocks(member) ?? null,
    ]),
  );
}

/** Core sends an integer or a double where that is exact, else the decimal digits as a string. */
function readNumber(raw: unknown, shape: Shape, path: AttributePath): number {
  const value = typeof raw === "string" ? Number(raw) : raw;
  if (typeof value !== "number" || Number.isNaN(value)) return mismatch(raw, shape, path);
  const digits = typeof raw === "string" ? raw.replace(/e.*$/i, "").replace(/\D/g, "").replace(/^0+/, "").length : 0;
  if (digits > 15 || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    throw new AppError("provider_value", `${formatPath(path)} is a number of more digits than this provider keeps`, {
      hint: "use at most 15 digits",
      facts: { path },
    });
  return value;
}

function isExtension(raw: unknown): boolean {
  return raw instanceof ExtData;
}

function isRecord(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

function mismatch(raw: unknown, shape: Shape, path: AttributePath): never {
  throw new AppError(
    "provider_value",
    `${formatPath(path)} should be ${kindText(shape.kind)}, is ${kindOfValue(raw)}`,
    {
      facts: { path },
    },
  );
}
