import type { BlockType } from "../wire/block-type";
import { conformanceProblems } from "../wire/conformance";
import { emptyBlocks, shapeOf } from "../wire/shape";
import { containsUnknown, type ObjectValue, type Value } from "../wire/value";

/** A whole object from some of its members: what is left out is null, or no blocks. */
export function completeState(block: BlockType, members: Readonly<Record<string, Value | undefined>>): ObjectValue {
  const rest = [...shapeOf(block).members].map(([name, member]) => [name, emptyBlocks(member) ?? null] as const);
  return { ...Object.fromEntries(rest), ...present(members) };
}

/**
 * The best state that can be told of something that exists although an operation failed: members known to be true,
 * the planned ones for the rest, null for what cannot be said or does not conform. Losing a member is better than
 * losing the resource.
 */
export function salvageState(
  block: BlockType,
  planned: ObjectValue,
  members: Readonly<Record<string, Value | undefined>>,
): ObjectValue {
  const candidate = { ...planned, ...present(members) };
  const broken = new Set(
    conformanceProblems(candidate, block, { unknownAllowed: true }).map(({ path }) => path[0] as string),
  );
  return completeState(
    block,
    Object.fromEntries(
      Object.entries(candidate).filter(([name, value]) => !broken.has(name) && !containsUnknown(value)),
    ),
  );
}

function present(members: Readonly<Record<string, Value | undefined>>): ObjectValue {
  return Object.fromEntries(
    Object.entries(members).filter((member): member is [string, Value] => member[1] !== undefined),
  );
}
