/** The schema's own rules on a configuration: allowed values, validators, elements, deprecations. */
import { AppError } from "../../platform/errors";
import { mapKey, type AttributePath } from "../wire/attribute-path";
import type { BlockType } from "../wire/block-type";
import { shapeOf, type CollectionShape, type Member, type Shape } from "../wire/shape";
import { containsUnknown, isUnknown, type ObjectValue, type Value } from "../wire/value";
import type { Diagnostics } from "./diagnostics";

export function validateConfig(block: BlockType, config: ObjectValue, diagnostics: Diagnostics): void {
  validateValue(shapeOf(block), config, [], diagnostics);
}

function validateMember(member: Member, value: Value, path: AttributePath, diagnostics: Diagnostics): void {
  if (value === null) return;
  const { attribute, shape } = member;
  if (attribute?.deprecated === true)
    diagnostics.warning(`${path.at(-1) as string} is deprecated`, { detail: attribute.description, path });
  validateValue(shape, value, path, diagnostics);
  if (containsUnknown(value)) return;
  for (const validator of attribute?.validators ?? []) attempt(validator, value, path, diagnostics);
}

function validateValue(shape: Shape, value: Value, path: AttributePath, diagnostics: Diagnostics): void {
  if (isUnknown(value)) return;
  switch (shape.kind) {
    case "object":
      for (const [name, member] of shape.members)
        validateMember(member, (value as ObjectValue)[name] ?? null, [...path, name], diagnostics);
      return;
    case "list":
    case "set":
      for (const [index, item] of (value as readonly Value[]).entries())
        validateElement(shape, item, [...path, index], diagnostics);
      return;
    case "map":
      for (const [key, item] of Object.entries(value as ObjectValue))
        validateElement(shape, item, [...path, mapKey(key)], diagnostics);
      return;
    case "string":
      if (shape.values?.includes(value as string) === false)
        attempt(() => refuseValue(value as string, shape.values ?? []), value, path, diagnostics);
      return;
    case "number":
    case "bool":
  }
}

function validateElement(shape: CollectionShape, item: Value, path: AttributePath, diagnostics: Diagnostics): void {
  if (item === null) {
    diagnostics.error("an element is null", { detail: "leave it out, or give it a value", path });
    return;
  }
  validateValue(shape.element, item, path, diagnostics);
  if (shape.each !== undefined && !containsUnknown(item)) attempt(shape.each, item, path, diagnostics);
}

function refuseValue(value: string, allowed: readonly string[]): never {
  throw new AppError("invalid_argument", `${JSON.stringify(value)} is not one of the values allowed here`, {
    hint: `use one of ${allowed.join(", ")}`,
  });
}

function attempt(rule: (value: never) => unknown, value: Value, path: AttributePath, diagnostics: Diagnostics): void {
  try {
    rule(value as never);
  } catch (error) {
    diagnostics.thrown(error, path);
  }
}
