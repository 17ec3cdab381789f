/** Event patterns (EventBridge user guide, "Event patterns" and "Comparison operators"). */
import { AwsError } from "../aws-error";

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Whether an event matches; fields of the pattern alone count. */
export type EventPattern = (event: JsonObject) => boolean;

type Matcher = (value: Json | undefined) => boolean;

/** Throws AwsError `InvalidEventPatternException`. */
export function parseEventPattern(text: string): EventPattern {
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch {
    return refuse("it is not JSON");
  }
  if (!isObject(parsed)) return refuse("it is not an object");
  const matches = objectMatcher(parsed);
  return (event) => matches(event);
}

function objectMatcher(pattern: JsonObject): Matcher {
  const fields = Object.entries(pattern);
  if (fields.length === 0) refuse("an object of it is empty");
  const matchers = fields.map(([name, field]) => [name, fieldMatcher(name, field)] as const);
  return (value) => isObject(value) && matchers.every(([name, matches]) => matches(value[name]));
}

function fieldMatcher(name: string, field: Json): Matcher {
  if (isObject(field)) return objectMatcher(field);
  if (!Array.isArray(field)) return refuse(`"${name}" must be an object or an array`);
  const items = (field as readonly Json[]).map(itemMatcher);
  if (items.length === 0) refuse(`the array "${name}" is empty`);
  // An array in the event matches if one of its elements does.
  return (value) => {
    const values: readonly (Json | undefined)[] = Array.isArray(value) ? (value as readonly Json[]) : [value];
    return values.some((each) => items.some((matches) => matches(each)));
  };
}

function itemMatcher(item: Json): Matcher {
  if (!isObject(item)) return (value) => value === item;
  const [entry, ...more] = Object.entries(item);
  if (entry === undefined || more.length > 0) return refuse("a comparison must have one operator");
  const [operator, operand] = entry;
  const make = operators[operator];
  return make === undefined ? refuse(`Unrecognized match type ${operator}`) : make(operand);
}

const onText = (operand: Json, test: (value: string, operand: string) => boolean): Matcher => {
  if (typeof operand !== "string") return refuse("the operand must be a text");
  return (value) => typeof value === "string" && test(value, operand);
};

const operators: Readonly<Record<string, (operand: Json) => Matcher>> = {
  prefix: (operand) => onText(operand, (value, start) => value.startsWith(start)),
  suffix: (operand) => onText(operand, (value, end) => value.endsWith(end)),
  "equals-ignore-case": (operand) => onText(operand, (value, other) => value.toLowerCase() === other.toLowerCase()),
  exists: (operand) => (value) => (value !== undefined) === operand,
  "anything-but": (operand) => {
    const excluded: readonly Json[] = Array.isArray(operand) ? (operand as readonly Json[]) : [operand];
    return (value) => value !== undefined && !excluded.includes(value);
  },
  numeric: (operand) => {
    const [comparison, limit, ...rest] = Array.isArray(operand) ? (operand as readonly Json[]) : [];
    const compare = typeof comparison === "string" ? comparisons[comparison] : undefined;
    if (compare === undefined || typeof limit !== "number") return refuse("numeric needs pairs of operator and number");
    const second: Matcher = rest.length === 0 ? () => true : (operators.numeric?.(rest) ?? (() => false));
    return (value) => typeof value === "number" && compare(value, limit) && second(value);
  },
};

const comparisons: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  "<": (value, limit) => value < limit,
  "<=": (value, limit) => value <= limit,
  "=": (value, limit) => value === limit,
  ">": (value, limit) => value > limit,
  ">=": (value, limit) => value >= limit,
};

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(why: string): never {
  throw new AwsError("InvalidEventPatternException", `Event pattern is not valid. Reason: ${why}`);
}
