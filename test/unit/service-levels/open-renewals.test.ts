import { OpenRenewals } from "../../../src/service-levels/open-renewals";
import type { LedgerLine } from "../../../src/ledger/ledger-line";
import { afterMinutes, ledgerLine } from "../../support/ledger-lines";

const about = (name: string) => ({ names: [`${name}.example.gov`], certificateArn: `arn:${name}` });
const begun = (at: number, name: string, run = "run-1") =>
  ledgerLine("renewal.begun", { at, run, subject: about(name) });
const ended = (at: number, name: string, run = "run-1") =>
  ledgerLine("renewal.ended", { at, run, subject: about(name) });

/** After an hour. */
function seen(...entries: readonly LedgerLine[]) {
  const open = new OpenRenewals();
  for (const entry of entries) open.add(entry);
  const arns = (renewals: ReturnType<OpenRenewals["underWay"]>) =>
    renewals.map(({ subject }) => subject.certificateArn);
  return { underWay: arns(open.underWay(afterMinutes(60))), unended: arns(open.unended(afterMinutes(60))) };
}

test("what was begun is under way until it ends, well or not, each certificate of a run for itself", () => {
  const failed = ledgerLine("renewal.ended", { at: 59, subject: about("b"), outcome: "failed" });
  expect(seen(begun(50, "c"), begun(51, "a"), begun(52, "b"), failed, ended(59, "a"))).toEqual({
    ...{ underWay: ["arn:c"], unended: [] },
  });
});

test("the new certificate may have another ARN; a replacement ends with its revocation", () => {
  const moved = ledgerLine("renewal.ended", { at: 55, subject: about("new"), facts: { formerArn: "arn:a" } });
  const revoked = ledgerLine("certificate.revoked", { at: 55, subject: about("b"), outcome: "failed" });
  expect(seen(begun(50, "a"), begun(50, "b"), moved, revoked).underWay).toEqual([]);
});

test("a run that says something goes on, with what it did last", () => {
  const open = new OpenRenewals();
  open.add(begun(0, "a"));
  open.add(ledgerLine("certificate.issued", { at: 20, subject: { names: ["a.example.gov"] } }));
  expect(open.underWay(afterMinutes(49))).toMatchObject([{ step: "asked the CA", begunAt: afterMinutes(0) }]);
  expect(open.unended(afterMinutes(49))).toEqual([]);
});

test("a run that was killed leaves it without an end", () => {
  expect(seen(begun(0, "a"))).toEqual({ underWay: [], unended: ["arn:a"] });
});

test("until another run takes it up, however soon", () => {
  expect(seen(begun(0, "a"), begun(1, "a", "run-2"), ended(2, "a", "run-2"))).toEqual({ underWay: [], unended: [] });
  expect(seen(begun(0, "a"), ended(50, "a", "run-2"))).toEqual({ underWay: [], unended: [] });
  const trial = ledgerLine("renewal.ended", {
    at: 50,
    run: "run-2",
    subject: about("a"),
    facts: { formerArn: "arn:copy" },
  });
  expect(seen(begun(0, "a"), trial)).toEqual({ underWay: [], unended: [] });
  expect(seen(begun(0, "a"), begun(59, "a", "run-2"))).toEqual({ underWay: ["arn:a"], unended: [] });
});

test("and for two days at most", () => {
  const open = new OpenRenewals();
  open.add(begun(0, "a"));
  expect(open.unended(afterMinutes(47 * 60))).toHaveLength(1);
  expect(open.unended(afterMinutes(48 * 60))).toEqual([]);
});
