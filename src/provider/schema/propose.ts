/**
 * The first draft of a plan: what core proposes, with our defaults, and with "known after apply" where the provider
 * will choose. Core merges configuration and prior state, but leaves computed attributes null at creation.
 */
import { isComputed, isWriteOnly, type BlockType } from "../wire/block-type";
import { shapeOf, type Member, type ObjectShape, type Shape } from "../wire/shape";
import { isObjectValue, isUnknown, UNKNOWN, type ObjectValue, type Value } from "../wire/value";

export interface Proposal {
  readonly config: ObjectValue;
  readonly proposed: ObjectValue;
  /** Null at creation. */
  readonly prior: ObjectValue | null;
}

export function proposePlan(block: BlockType, { config, proposed, prior }: Proposal): ObjectValue {
  return proposeObject(shapeOf(block), config, proposed, prior);
}

function proposeObject(
  shape: ObjectShape,
  config: ObjectValue,
  proposed: ObjectValue,
  prior: ObjectValue | null,
): ObjectValue {
  return Object.fromEntries(
    [...shape.members].map(([name, member]) => [
      name,
      proposeMember(member, config[name] ?? null, proposed[name] ?? null, prior === null ? undefined : prior[name]),
    ]),
  );
}

/** `prior` is undefined where the surrounding object is new. */
function proposeMember(member: Member, config: Value, proposed: Value, prior: Value | undefined): Value {
  const { attribute, shape } = member;
  if (attribute === undefined) return proposeValue(shape, config, proposed, prior ?? null);
  if (isWriteOnly(attribute)) return null;
  if (config !== null) return proposeValue(shape, config, proposed, prior ?? null);
  if (attribute.default !== undefined) return attribute.default;
  return isComputed(attribute) && prior === undefined && proposed === null ? UNKNOWN : proposed;
}

/** A value that configuration sets: only what lies inside it can still be ours to choose. */
function proposeValue(shape: Shape, config: Value, proposed: Value, prior: Value): Value {
  if (config === null || isUnknown(config)) return proposed;
  switch (shape.kind) {
    case "object":
      return proposeObject(shape, asObject(config), asObject(proposed), isObjectValue(prior) ? prior : null);
    case "list":
      return asList(config).map((item, index) =>
        proposeValue(shape.element, item, asList(proposed)[index] ?? item, asList(prior)[index] ?? null),
      );
    case "set":
      // elements cannot be matched with prior ones, and hold nothing computed but defaults (see checkDefinition)
      return asList(config).map((item) => proposeValue(shape.element, item, item, null));
    case "map":
      return Object.fromEntries(
        Object.entries(asObject(config)).map(([key, item]) => [
          key,
          proposeValue(shape.element, item, asObject(proposed)[key] ?? item, asObject(prior)[key] ?? null),
        ]),
      );
    case "string":
    case "number":
    case "bool":
      return proposed;
  }
}

function asObject(value: Value): ObjectValue {
  return isObjectValue(value) ? value : {};
}

function asList(value: Value): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}
