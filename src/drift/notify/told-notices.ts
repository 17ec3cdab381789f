/**
 * What has been told, to whom, and is not resolved yet: by it nothing is said twice. A pure account; the file it is kept
 * in is `notice-file.ts`.
 */
import { counted } from "../../platform/words";
import type { DriftRun } from "../run/run-stacks";
import { keyOf, type Notice, type NoticeKind } from "./notice";

/** Target → key of a notice → what was told. Times are ISO 8601. */
export type ToldNotices = Readonly<Record<string, TargetNotices>>;
export type TargetNotices = Readonly<Record<string, ToldNotice>>;

export interface ToldNotice {
  readonly kind: NoticeKind;
  readonly cause: string;
  readonly subjectKind: string;
  readonly since: string;
  /** Stack → when it was told, and of which plan. */
  readonly stacks: Readonly<Record<string, { readonly at: string; readonly checksum?: string }>>;
}

export interface NewsOptions {
  readonly on: readonly NoticeKind[];
  readonly repeatMs: number;
  readonly now: Date;
}

export interface News {
  /** What is to be sent, the worst first. */
  readonly notices: readonly Notice[];
  /** What is known once none of it was taken. */
  readonly told: TargetNotices;
}

/** Stacks that no run has seen for so long are gone, and nobody waits for word of them. */
const forgottenAfterMs = 30 * 86_400_000;

/** What stands until something is done about it. */
const standing: readonly NoticeKind[] = ["failed", "forbidden", "needs-approval", "safe"];

/**
 * What one target has to hear of a run. A notice is news if one of its stacks was not told, was told of another plan, or
 * so long ago that it is to be said again. What stood before is resolved when none of its stacks has it any more; of a
 * stack whose plan was not judged in this run, nothing is known.
 */
export function newsOf(
  groups: readonly Notice[],
  { reports }: DriftRun,
  before: TargetNotices,
  { on, repeatMs, now }: NewsOptions,
): News {
  const judged = new Set(reports.flatMap(({ stack, verdict }) => (verdict === undefined ? [] : [stack.name])));
  const told: Record<string, ToldNotice> = {};
  const resolved: Notice[] = [];
  const groupOf = new Map(groups.map((group) => [keyOf(group), group]));
  for (const [key, known] of Object.entries(before)) {
    const present = new Set(groupOf.get(key)?.stacks.map(({ name }) => name));
    const stacks = Object.fromEntries(
      Object.entries(known.stacks).filter(
        ([name, { at }]) =>
          present.has(name) || (!judged.has(name) && now.getTime() - Date.parse(at) < forgottenAfterMs),
      ),
    );
    if (Object.keys(stacks).length > 0 || present.size > 0) told[key] = { ...known, stacks };
    else if (Object.keys(known.stacks).some((name) => judged.has(name))) {
      if (known.kind === "safe" || !on.includes("resolved")) continue;
      resolved.push(resolvedNotice(known));
      // it stays until somebody has heard of it
      told[key] = known;
    }
  }
  const fresh = groups
    .filter(({ kind }) => on.includes(kind))
    .filter((group) => !standing.includes(group.kind) || isNews(group, told[keyOf(group)], { repeatMs, now }))
    .map((group) => ({ ...group, since: sinceOf(told[keyOf(group)]) }));
  const order = ({ kind }: Notice) => [...standing, "applied", "resolved"].indexOf(kind);
  return { notices: [...fresh, ...resolved].sort((one, other) => order(one) - order(other)), told };
}

/** What is known once a target has taken a notice. */
export function withTold(told: TargetNotices, notice: Notice, now: Date): TargetNotices {
  const { kind, was, cause, subjectKind, stacks, since } = notice;
  if (was !== undefined) {
    const resolved = keyOf({ kind: was, cause, subjectKind });
    return Object.fromEntries(Object.entries(told).filter(([key]) => key !== resolved));
  }
  if (!standing.includes(kind)) return told;
  const at = now.toISOString();
  const heard = Object.fromEntries(stacks.map(({ name, checksum }) => [name, { at, checksum }]));
  const known = told[keyOf(notice)];
  const entry = {
    kind,
    cause,
    subjectKind,
    since: (since ?? now).toISOString(),
    stacks: { ...known?.stacks, ...heard },
  };
  return { ...told, [keyOf(notice)]: entry };
}

function isNews(
  { stacks }: Notice,
  known: ToldNotice | undefined,
  { repeatMs, now }: Pick<NewsOptions, "repeatMs" | "now">,
) {
  return stacks.some(({ name, checksum }) => {
    const last = known?.stacks[name];
    return last === undefined || last.checksum !== checksum || now.getTime() - Date.parse(last.at) >= repeatMs;
  });
}

function sinceOf(known: ToldNotice | undefined): Date | undefined {
  return known === undefined ? undefined : new Date(known.since);
}

function resolvedNotice({ kind, cause, subjectKind, since, stacks }: ToldNotice): Notice {
  const names = Object.keys(stacks).sort();
  return {
    ...{ kind: "resolved", was: kind, cause, subjectKind, since: new Date(since) },
    title: `resolved in ${counted(names.length, "stack")}: ${cause} (${subjectKind})`,
    stacks: names.map((name) => ({ name, subject: subjectKind, message: `it has no ${cause} any more`, more: 0 })),
  };
}
