import { shapeOf, type Shape } from "./shape";
import type { BlockType } from "./block-type";
import { isUnknown, type ObjectValue, type Value } from "./value";

/** Whether two values mean the same: sets have no order. An unknown equals an unknown only. */
export function equalValues(a: Value, b: Value, shape: Shape): boolean {
  return canonical(a, shape) === canonical(b, shape);
}

export function equalObjects(a: ObjectValue | null, b: ObjectValue | null, block: BlockType): boolean {
  return equalValues(a, b, shapeOf(block));
}

function canonical(value: Value | undefined, shape: Shape): string {
  if (value === null || value === undefined) return "null";
  if (isUnknown(value)) return "unknown";
  switch (shape.kind) {
    case "string":
    case "number":
    case "bool":
      return JSON.stringify(value);
    case "list":
      return `[${items(value, shape.element).join()}]`;
    case "set":
      return `[${items(value, shape.element).sort().join()}]`;
    case "map":
      return `{${Object.keys(value as ObjectValue)
        .sort()
        .map((key) => `${JSON.stringify(key)}:${canonical((value as ObjectValue)[key], shape.element)}`)
        .join()}}`;
    case "object":
      return `{${[...shape.members]
        .map(([name, member]) => `${name}:${canonical((value as ObjectValue)[name], member.shape)}`)
        .join()}}`;
  }
}

function items(value: Value, element: Shape): string[] {
  return (value as readonly Value[]).map((item) => canonical(item, element));
}
