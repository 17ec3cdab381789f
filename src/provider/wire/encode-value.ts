/** Values that we answer, as msgpack. Check them first (`conformanceProblems`): core names no place when it refuses. */
import { encode, ExtData } from "@msgpack/msgpack";
import type { BlockType } from "./block-type";
import { shapeOf, type Shape } from "./shape";
import { isUnknown, type ObjectValue, type Value } from "./value";

/** fixext1 of type 0, `d4 00 00`: unknown without refinements, so that no promise is made. */
const unknownExtension = new ExtData(0, Uint8Array.of(0));

export function encodeMsgpack(value: ObjectValue | null, block: BlockType): Uint8Array {
  return encode(write(value, shapeOf(block)));
}

function write(value: Value | undefined, shape: Shape): unknown {
  if (value === null || value === undefined) return null;
  if (isUnknown(value)) return unknownExtension;
  switch (shape.kind) {
    case "string":
    case "bool":
      return value;
    case "number":
      // core parses digits exactly, while a double of 0.1 is not what its user wrote
      return typeof value === "number" && !Number.isInteger(value) ? String(value) : value;
    case "list":
    case "set":
      return (value as readonly Value[]).map((item) => write(item, shape.element));
    case "map":
      return Object.fromEntries(
        Object.entries(value as ObjectValue).map(([key, item]) => [key, write(item, shape.element)]),
      );
    case "object":
      return Object.fromEntries(
        [...shape.members].map(([name, member]) => [name, write((value as ObjectValue)[name], member.shape)]),
      );
  }
}
