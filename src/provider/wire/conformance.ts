/**
 * Whether a value of ours is what its block promises. Core checks too, but answers a bare "an object with 20 attributes
 * is required" without any address; so nothing leaves before it has passed here.
 */
import { mapKey, type AttributePath } from "./attribute-path";
import { isWriteOnly, type BlockType } from "./block-type";
import { kindOfValue, kindText } from "./kind-text";
import { emptyBlocks, shapeOf, type ObjectShape, type Shape } from "./shape";
import { isObjectValue, isUnknown } from "./value";

export interface ConformanceProblem {
  readonly path: AttributePath;
  /** Completes a sentence that begins with the attribute's name. */
  readonly problem: string;
}

export interface ConformanceOptions {
  /** True for a plan, false for a state. */
  readonly unknownAllowed: boolean;
}

export function conformanceProblems(
  value: unknown,
  block: BlockType,
  options: ConformanceOptions,
): ConformanceProblem[] {
  return [...check(value, shapeOf(block), [], options)];
}

function* check(
  value: unknown,
  shape: Shape,
  path: AttributePath,
  options: ConformanceOptions,
): Generator<ConformanceProblem> {
  if (isUnknown(value)) {
    if (!options.unknownAllowed) yield { path, problem: "is still unknown" };
    return;
  }
  switch (shape.kind) {
    case "object":
      if (isObjectValue(value)) yield* checkMembers(value, shape, path, options);
      else yield mismatch(value, "an object", path);
      return;
    case "map":
      if (!isObjectValue(value)) yield mismatch(value, "a map", path);
      else
        for (const [key, item] of Object.entries(value)) {
          // the msgpack library refuses this key
          if (key === "__proto__") yield { path, problem: "has the key __proto__" };
          yield* checkElement(item, shape.element, [...path, mapKey(key)], options);
        }
      return;
    case "list":
    case "set":
      if (!Array.isArray(value)) yield mismatch(value, kindText(shape.kind), path);
      else
        for (const [index, item] of value.entries())
          yield* checkElement(item, shape.element, [...path, index], options);
      return;
    case "number":
      if (typeof value !== "number" || !Number.isFinite(value)) yield mismatch(value, "a finite number", path);
      return;
    case "string":
      if (typeof value !== "string") yield mismatch(value, "a string", path);
      return;
    case "bool":
      if (typeof value !== "boolean") yield mismatch(value, "a boolean", path);
  }
}

function* checkElement(
  item: unknown,
  shape: Shape,
  path: AttributePath,
  options: ConformanceOptions,
): Generator<ConformanceProblem> {
  if (item === null || item === undefined) yield { path, problem: "is null inside a collection" };
  else yield* check(item, shape, path, options);
}

function* checkMembers(
  value: Readonly<Record<string, unknown>>,
  shape: ObjectShape,
  path: AttributePath,
  options: ConformanceOptions,
): Generator<ConformanceProblem> {
  for (const [name, member] of shape.members) {
    const item = value[name];
    const place = [...path, name];
    if (item === undefined) yield { path: place, problem: "is missing" };
    else if (item === null) {
      if (emptyBlocks(member) !== undefined) yield { path: place, problem: "is null where no block means empty" };
    } else if (member.attribute !== undefined && isWriteOnly(member.attribute))
      yield { path: place, problem: "is write-only and must be null" };
    else yield* check(item, member.shape, place, options);
  }
  for (const name of Object.keys(value))
    if (!shape.members.has(name)) yield { path: [...path, name], problem: "is not in the schema" };
}

function mismatch(value: unknown, wanted: string, path: AttributePath): ConformanceProblem {
  return { path, problem: `should be ${wanted}, is ${kindOfValue(value)}` };
}
