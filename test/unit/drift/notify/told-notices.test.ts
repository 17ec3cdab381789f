import { groupOutcomes } from "../../../../src/drift/notify/group-outcomes";
import { noticeKinds, type NoticeKind } from "../../../../src/drift/notify/notice";
import { newsOf, withTold, type TargetNotices } from "../../../../src/drift/notify/told-notices";
import type { StackReport } from "../../../../src/drift/run/stack-report";
import { AppError } from "../../../../src/platform/errors";
import { manyOutcomes } from "../../../support/drift/many-outcomes";

const start = new Date("2026-11-22T06:00:00Z");
const after = (hours: number) => new Date(start.getTime() + hours * 3_600_000);

const [, , waiting] = manyOutcomes.reports;
if (waiting === undefined) throw new Error("there is no such report");

const called = (name: string) => ({ stack: { name, folder: `/infra/${name}` } });
const needsApproval = (name: string, checksum = "c1"): StackReport => ({ ...waiting, ...called(name), checksum });
const { findings: _findings, checksum: _checksum, ...rest } = waiting;
const noOp = (name: string): StackReport => ({ ...rest, ...called(name), findings: [], changes: [], verdict: "no-op" });
const applied = (name: string): StackReport => ({
  ...needsApproval(name),
  verdict: "safe",
  findings: [],
  isApplied: true,
});
const failed = (name: string): StackReport => ({
  ...noOp(name),
  verdict: undefined,
  failure: { step: "plan", error: new AppError("terraform_failed", "no") },
});

interface TellOptions {
  readonly on?: readonly NoticeKind[];
  readonly repeatHours?: number;
  readonly isTaken?: (hours: number) => boolean;
}

/** Runs one after the other, at hours since the start; what each tells, as `kind: stacks`. Everything sent is taken. */
function tell(
  runs: readonly (readonly [number, readonly StackReport[]])[],
  { on = noticeKinds, repeatHours = 24, isTaken = () => true }: TellOptions = {},
): string[][] {
  let told: TargetNotices = {};
  return runs.map(([hours, reports]) => {
    const run = { applies: true, startedAt: after(hours), reports };
    const groups = groupOutcomes(run, (text) => text);
    const now = after(hours);
    const news = newsOf(groups, run, told, { on, repeatMs: repeatHours * 3_600_000, now });
    told = news.told;
    if (isTaken(hours)) for (const notice of news.notices) told = withTold(told, notice, now);
    return news.notices.map(({ kind, stacks }) => `${kind}: ${stacks.map(({ name }) => name).join(" ")}`);
  });
}

test("what stands is said once, and again after the time for it", () => {
  const standing = [needsApproval("web")];
  expect(
    tell([
      [0, standing],
      [6, standing],
      [23.9, standing],
      [24, standing],
      [30, standing],
    ]),
  ).toEqual([["needs-approval: web"], [], [], ["needs-approval: web"], []]);
});

test("another stack with the same cause is news, and so is another plan: its command is another", () => {
  expect(
    tell([
      [0, [needsApproval("web")]],
      [1, [needsApproval("web"), needsApproval("api")]],
      [2, [needsApproval("web"), needsApproval("api", "c2")]],
      [3, [needsApproval("web"), needsApproval("api", "c2")]],
    ]),
  ).toEqual([["needs-approval: web"], ["needs-approval: api web"], ["needs-approval: api web"], []]);
});

test("it is resolved once none of its stacks has it any more", () => {
  expect(
    tell([
      [0, [needsApproval("web"), needsApproval("api")]],
      [1, [noOp("web"), needsApproval("api")]],
      [2, [noOp("web"), applied("api")]],
      [3, [noOp("web"), noOp("api")]],
    ]),
  ).toEqual([["needs-approval: api web"], [], ["applied: api", "resolved: api"], []]);
});

test("a run over other stacks, or one that failed before the plan was judged, resolves nothing", () => {
  expect(
    tell([
      [0, [needsApproval("web")]],
      [1, [noOp("api")]],
      [2, [failed("web")]],
      [3, [needsApproval("web")]],
      [4, [noOp("web")]],
    ]),
  ).toEqual([["needs-approval: web"], [], ["failed: web"], ["resolved: web"], ["resolved: web"]]);
});

test("what was not taken is told by the next run, the resolved as well", () => {
  const runs = [
    [0, [needsApproval("web")]],
    [1, [needsApproval("web")]],
    [2, [noOp("web")]],
    [3, [noOp("web")]],
    [4, [noOp("web")]],
  ] as const;
  expect(tell(runs, { isTaken: (hours) => hours !== 0 && hours !== 2 })).toEqual([
    ["needs-approval: web"],
    ["needs-approval: web"],
    ["resolved: web"],
    ["resolved: web"],
    [],
  ]);
});

test("only what is asked for is told", () => {
  const runs = [
    [0, [failed("api"), needsApproval("web"), applied("dns")]],
    [1, [noOp("api"), noOp("web"), noOp("dns")]],
  ] as const;
  expect(tell(runs, { on: ["failed"] })).toEqual([["failed: api"], []]);
  expect(tell(runs, { on: ["needs-approval", "resolved"] })).toEqual([["needs-approval: web"], ["resolved: web"]]);
});

test("a stack that no run sees any more is forgotten, without a word", () => {
  const day = 24;
  expect(
    tell([
      [0, [needsApproval("gone")]],
      [31 * day, [noOp("web")]],
      [32 * day, [needsApproval("gone")]],
    ]),
  ).toEqual([["needs-approval: gone"], [], ["needs-approval: gone"]]);
});

test("the worst comes first, and what is said again says since when", () => {
  const reports = [applied("dns"), needsApproval("web"), failed("api")];
  expect(tell([[0, reports]])).toEqual([["failed: api", "needs-approval: web", "applied: dns"]]);
  const run = { applies: true, startedAt: start, reports: [needsApproval("web")] };
  const groups = groupOutcomes(run, (text) => text);
  const options = { on: noticeKinds, repeatMs: 1, now: start };
  const [first] = newsOf(groups, run, {}, options).notices;
  expect(first?.since).toBeUndefined();
  const told = first === undefined ? {} : withTold({}, first, start);
  expect(newsOf(groups, run, told, { ...options, now: after(1) }).notices[0]?.since).toEqual(start);
});
