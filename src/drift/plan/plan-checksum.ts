import { createHash } from "node:crypto";
import type { Plan, ResourceChange, ValueChange } from "./plan";

/**
 * SHA-256 over what a plan would do: addresses, actions, and values before and after, in an order of their own. Two plans
 * of one stack have the same one if and only if applying them does the same, whoever made them and when. Sensitive
 * values go in as digests, so that no text that is made on the way holds one.
 */
export function planChecksum(plan: Changes): string {
  const lines = normalisedChanges(plan).map(({ text }) => text);
  return digest(lines.sort().join("\n"));
}

/** The same of each change by itself, by its address or `output NAME`. */
export function changeDigests(plan: Changes): { readonly address: string; readonly digest: string }[] {
  return normalisedChanges(plan).map(({ address, text }) => ({ address, digest: digest(text) }));
}

type Changes = Pick<Plan, "resources" | "outputs">;

function normalisedChanges({ resources, outputs }: Changes): { readonly address: string; readonly text: string }[] {
  const managed = resources.filter(({ mode }) => mode === "managed");
  return [
    ...managed.map((resource) => ({ address: resource.address, text: canonicalJson(normalised(resource)) })),
    ...outputs.map(({ name, actions, change }) => ({
      address: `output ${name}`,
      text: canonicalJson({ output: name, actions, ...valuesOf(change) }),
    })),
  ];
}

function normalised({ address, previousAddress, importId, provider, actions, change }: ResourceChange) {
  return { address, previousAddress, importId, provider, actions, ...valuesOf(change) };
}

function valuesOf({ before, after, afterUnknown, beforeSensitive, afterSensitive }: ValueChange) {
  return {
    before: withoutSecrets(before, beforeSensitive),
    after: withoutSecrets(after, afterSensitive),
    afterUnknown: marksOf(afterUnknown),
  };
}

function withoutSecrets(value: unknown, sensitive: unknown): unknown {
  if (sensitive === true) return { sha256: digest(canonicalJson(value)) };
  if (typeof sensitive !== "object" || sensitive === null || typeof value !== "object" || value === null) return value;
  const marks = sensitive as Readonly<Record<string, unknown>>;
  if (Array.isArray(value)) return value.map((each, index) => withoutSecrets(each, marks[String(index)]));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutSecrets(each, marks[name])]));
}

/** Terraform writes `false` and empty shapes at known places, as it sees fit: they say nothing. */
function marksOf(unknown: unknown): unknown {
  if (unknown === true) return true;
  if (typeof unknown !== "object" || unknown === null) return undefined;
  const marks = Object.entries(unknown).flatMap(([name, each]) => {
    const mark = marksOf(each);
    return mark === undefined ? [] : [[name, mark] as const];
  });
  return marks.length === 0 ? undefined : Object.fromEntries(marks);
}

/** Names in order; what is undefined or null is left out, as terraform may do or not. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    const entries = Object.entries(inner).filter(([, each]) => each !== null && each !== undefined);
    return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
