/**
 * Plants in the copy of a state what a run must see: a tag that nobody gave, which every refresh puts right, and a
 * certificate whose dates say that it is due. Pure; it knows states in their version 4 (Terraform 0.12 and later).
 */
import { renewedType } from "../plan/certificate-types";

/** Something that a plan must show. */
export interface Planted {
  readonly kind: "drift" | "due certificate";
  /** Of a resource. */
  readonly address: string;
}

export interface PlantedState {
  /** JSON. */
  readonly text: string;
  /** Empty where a state holds nothing to plant in. */
  readonly planted: readonly Planted[];
}

type Json = Record<string, unknown>;

interface Instance {
  readonly address: string;
  readonly type: string;
  readonly attributes: Json;
}

export const plantedTag = "unexpired-self-test";

const dayMs = 24 * 3600_000;

/** A lifetime of which less than a sixth is left: due by whatever rule, and not over yet. */
const planted = { daysGone: 85, daysLeft: 5 };

/** @param state what `terraform state pull` gives; empty where there is none */
export function plantIn(state: string, now: Date): PlantedState {
  const document = state.trim() === "" ? {} : (JSON.parse(state) as Json);
  const instances = instancesOf(document);
  const due = instances.find(({ type, attributes }) => type === renewedType && mayBeDue(attributes));
  const drifting = driftingOf(instances, due);
  if (due !== undefined) {
    const at = (days: number) => new Date(now.getTime() + days * dayMs).toISOString();
    Object.assign(due.attributes, { not_before: at(-planted.daysGone), not_after: at(planted.daysLeft) });
  }
  for (const name of ["tags", "tags_all"])
    if (drifting !== undefined && name in drifting.attributes)
      drifting.attributes[name] = { ...record(drifting.attributes[name]), [plantedTag]: "planted" };
  return {
    text: JSON.stringify(document),
    planted: [
      ...(drifting === undefined ? [] : [{ kind: "drift" as const, address: drifting.address }]),
      ...(due === undefined ? [] : [{ kind: "due certificate" as const, address: due.address }]),
    ],
  };
}

/** One of AWS, whose tags each of its resources reads; else the certificate itself. */
function driftingOf(instances: readonly Instance[], due: Instance | undefined): Instance | undefined {
  return instances.find(({ type, attributes }) => type.startsWith("aws_") && "tags" in attributes) ?? due;
}

/** Not where the user wants no renewals. */
function mayBeDue({ arn, renewal }: Json): boolean {
  return typeof arn === "string" && record(renewal).enabled !== false;
}

function instancesOf({ resources }: Json): Instance[] {
  return list(resources).flatMap((resource) => {
    const { module, mode, type, name, instances } = record(resource);
    if (mode !== "managed" || typeof type !== "string") return [];
    const address = `${typeof module === "string" ? `${module}.` : ""}${type}.${String(name)}`;
    return list(instances).flatMap((each) => {
      const { index_key: key, attributes, deposed } = record(each);
      if (deposed !== undefined || typeof attributes !== "object" || attributes === null) return [];
      return [
        {
          address: address + (key === undefined ? "" : `[${JSON.stringify(key)}]`),
          type,
          attributes: attributes as Json,
        },
      ];
    });
  });
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}
