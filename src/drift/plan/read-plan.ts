import { AppError, messageOf } from "../../platform/errors";
import { heldTypes } from "./certificate-types";
import { referencesIn } from "./references";
import { sensitiveTexts } from "./sensitive-texts";
import type { HeldResource, OutputChange, Plan, ResourceChange, ValueChange } from "./plan";

type Json = Readonly<Record<string, unknown>>;

/** The parts of format 1.2 (Terraform 1.11) and of OpenTofu 1.10, which has no others. */
const knownParts: ReadonlySet<string> = new Set([
  "format_version",
  "terraform_version",
  "variables",
  "planned_values",
  "resource_drift",
  "resource_changes",
  "output_changes",
  "prior_state",
  "configuration",
  "relevant_attributes",
  "checks",
  "timestamp",
  "applyable",
  "complete",
  "errored",
  "deferred_changes",
]);

/** Whether its parts mean what they mean here; a new major version may change anything. */
export function isKnownFormat(formatVersion: string): boolean {
  return /^1\.\d+$/.test(formatVersion);
}

/**
 * Reads what `terraform show -json PLAN` writes. Of a format that is not known only its version is read. What has nothing
 * to do is dropped at once, so that of a large plan little is kept. Errors: `plan_unreadable`.
 */
export function readPlan(text: string): Plan {
  const document = parse(text);
  const formatVersion = typeof document.format_version === "string" ? document.format_version : "";
  const isKnown = isKnownFormat(formatVersion);
  const parts = isKnown ? document : {};
  const changes = list(parts.resource_changes, "resource_changes");
  const { timestamp } = parts;
  return {
    formatVersion,
    terraformVersion: typeof document.terraform_version === "string" ? document.terraform_version : "",
    plannedAt: typeof timestamp === "string" ? new Date(timestamp) : undefined,
    isComplete: parts.complete !== false && list(parts.deferred_changes, "deferred_changes").length === 0,
    isErrored: parts.errored === true,
    unknownParts: Object.keys(parts).filter((name) => !knownParts.has(name) && !isNothing(parts[name])),
    resources: changes.map(toResourceChange).filter(hasSomethingToDo),
    outputs: Object.entries(record(parts.output_changes ?? {}, "output_changes"))
      .map(([name, change]) => toOutputChange(name, change))
      .filter(({ actions }) => !isNoOp(actions)),
    drift: list(parts.resource_drift, "resource_drift").map(toResourceChange),
    held: changes.flatMap(toHeld),
    references: referencesIn(parts.configuration),
    sensitiveTexts: sensitiveTexts(parts),
  };
}

function parse(text: string): Json {
  try {
    return record(JSON.parse(text), "the document");
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unreadable(messageOf(error), error);
  }
}

function toResourceChange(value: unknown): ResourceChange {
  const resource = record(value, "a resource change");
  const { change, previous_address: previous, deposed } = resource;
  const { actions, importing, ...values } = record(change, "change");
  const address = text(resource.address, "address");
  return {
    address: typeof deposed === "string" ? `${address} (deposed ${deposed})` : address,
    previousAddress: typeof previous === "string" ? previous : undefined,
    importId: importing === undefined ? undefined : toImportId(record(importing, "importing")),
    isDeposed: typeof deposed === "string",
    mode: text(resource.mode, "mode"),
    type: text(resource.type, "type"),
    provider: text(resource.provider_name, "provider_name"),
    actions: toActions(actions),
    change: toValueChange(values),
  };
}

/** An ID is unknown, or told in a form of its own (Terraform 1.12, resource identity). */
function toImportId({ id }: Json): string {
  return typeof id === "string" ? id : "unknown";
}

function toOutputChange(name: string, value: unknown): OutputChange {
  const { actions, ...values } = record(value, "an output change");
  return { name, actions: toActions(actions), change: toValueChange(values) };
}

function toValueChange(values: Json): ValueChange {
  return {
    before: values.before ?? null,
    after: values.after ?? null,
    afterUnknown: values.after_unknown ?? false,
    beforeSensitive: values.before_sensitive ?? false,
    afterSensitive: values.after_sensitive ?? false,
  };
}

function toHeld(value: unknown): HeldResource[] {
  const { address, type, mode, change, deposed } = value as Json;
  const before = (change as Json).before;
  if (mode !== "managed" || typeof deposed === "string" || !heldTypes.has(String(type)) || before === null) return [];
  return [{ address: String(address), type: String(type), values: record(before, "before") }];
}

function hasSomethingToDo({ actions, previousAddress, importId }: ResourceChange): boolean {
  return !isNoOp(actions) || previousAddress !== undefined || importId !== undefined;
}

function isNoOp(actions: readonly string[]): boolean {
  return actions.length === 1 && actions[0] === "no-op";
}

function toActions(value: unknown): readonly string[] {
  return list(value, "actions").map((action) => text(action, "an action"));
}

function record(value: unknown, what: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw unreadable(`${what} is not an object`);
}

/** Terraform leaves out lists that are empty. */
function list(value: unknown, what: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw unreadable(`${what} is not a list`);
}

function text(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw unreadable(`${what} is not a text`);
}

function isNothing(value: unknown): boolean {
  return value === null || value === false || (typeof value === "object" && Object.keys(value).length === 0);
}

function unreadable(why: string, cause?: unknown): AppError {
  return new AppError("plan_unreadable", `the plan in JSON cannot be read: ${why}`, {
    hint: "see that the program is terraform or tofu itself, and that it prints nothing else",
    cause,
  });
}
