import { LedgerView } from "../../../../../src/drift/serve/dashboards/ledger-view";
import type { LedgerLine } from "../../../../../src/ledger/ledger-line";
import { badWeek, entryBefore } from "../../../../support/drift/dashboard-views";
import { now } from "../../../../support/drift/status-views";

const dayMs = 24 * 3600_000;

function viewOf(...entries: readonly LedgerLine[]): LedgerView {
  const view = new LedgerView();
  for (const entry of entries) view.add(entry);
  return view;
}

const failed = { outcome: "failed", error: { code: "acme_problem", message: "the CA is away" } } as const;

describe("incidents", () => {
  const week = new Date(now.getTime() - 7 * dayMs);

  test("an outage of a CA is one, however many renewals it stops; after a pause it is another", () => {
    const outage = (from: number) =>
      Array.from({ length: 500 }, (_, index) => entryBefore(from - index / 100, "renewal.ended", failed));
    const { incidents } = viewOf(...outage(600), ...outage(60));
    expect(incidents.since(week).map(({ kind, failures }) => [kind, failures])).toEqual([
      ["CA", 500],
      ["CA", 500],
    ]);
    expect(incidents.since(new Date(now.getTime() - dayMs / 10))).toHaveLength(1);
  });

  test("partial deployments and compromised keys are, denials of the policy and what went well are not", () => {
    const { incidents } = viewOf(
      entryBefore(9, "rollout.ended", { facts: { deployment: "complete" } }),
      entryBefore(8, "rollout.ended", { facts: { deployment: "partial" } }),
      entryBefore(7, "certificate.revoked", { facts: { reason: "keyCompromise" } }),
      entryBefore(6, "certificate.revoked", { facts: { reason: "superseded" } }),
      entryBefore(5, "policy.denied", { outcome: "refused", error: { code: "policy_denied", message: "no" } }),
    );
    expect(incidents.since(week).map(({ kind }) => kind)).toEqual(["key compromise", "partial deployment"]);
  });
});

describe("partial deployments", () => {
  const attached = (attachment: string, certificateArn: string, more: Partial<LedgerLine> = {}) =>
    entryBefore(5, "attachment.changed", {
      subject: { attachment, certificateArn },
      facts: { change: "attached" },
      ...more,
    });
  const ended = (minutes: number, deployment: string, certificateArn = "new") =>
    entryBefore(minutes, "renewal.ended", { subject: { names: ["b", "a"], certificateArn }, facts: { deployment } });
  const detached = entryBefore(5, "attachment.changed", {
    subject: { attachment: "l3", certificateArn: "old" },
    facts: { change: "detached" },
  });
  const states = (view: LedgerView) =>
    view.partial.open.map(({ listeners }) => listeners.map(({ name, state }) => `${name} ${state}`));

  test("have the listeners of their certificate; where the ARN is another, those of their run", () => {
    const changes = [
      attached("l1", "new"),
      attached("l2", "new", { outcome: "unknown" }),
      attached("other", "x"),
      detached,
    ];
    expect(states(viewOf(...changes, ended(4, "partial")))).toEqual([["l1 new", "l2 unknown"]]);
    expect(states(viewOf(attached("l1", "new"), attached("l2", "new", failed), ended(4, "partial", "old")))).toEqual([
      ["l1 new", "l2 failed"],
    ]);
  });

  test("are over when the same names are complete", () => {
    expect(states(viewOf(ended(4, "partial"), ended(3, "complete")))).toEqual([]);
    expect(states(viewOf(ended(4, "complete"), ended(3, "partial"), ended(2, "partial")))).toHaveLength(1);
    expect(states(viewOf(ended(4, "partial"), ended(3, "complete"), ended(2, "partial")))).toHaveLength(1);
  });
});

test("latencies are those of each CA: the median, and what 95 of 100 stay within", () => {
  const issued = (waitingSeconds: number, issuer: string) =>
    entryBefore(1, "certificate.issued", { facts: { issuer, waitingSeconds, workingSeconds: 1 } });
  const { latencies } = viewOf(...Array.from({ length: 100 }, (_, index) => issued(index + 1, "b")), issued(7, "a"));
  expect(latencies.all).toEqual([
    { issuer: "a", count: 1, waiting: { half: 7, most: 7 }, working: { half: 1, most: 1 } },
    { issuer: "b", count: 100, waiting: { half: 50, most: 95 }, working: { half: 1, most: 1 } },
  ]);
});

test("what is old falls out of the windows, and what is latest is kept", () => {
  const view = viewOf(
    ...Array.from({ length: 1500 }, (_, index) => entryBefore(8 * 24 * 60 - index, "renewal.ended", failed)),
    entryBefore(30 * 60, "renewal.ended", failed),
    entryBefore(5, "policy.denied", { outcome: "refused", subject: { rule: "names" } }),
  );
  expect(view.failuresIn(now, 24)).toEqual([]);
  expect(view.failuresIn(now, 48)).toEqual([{ cause: "ca", code: "acme_problem", count: 1 }]);
  expect(view.failedRenewals.items).toHaveLength(500);
  expect(view.denialsIn(now, 24)).toEqual([["names", 1]]);
});

test("a bad week in numbers", () => {
  const view = viewOf(...badWeek);
  expect(view.failedRenewals.items).toHaveLength(30);
  expect(view.challengeFailures).toHaveLength(1);
  expect(view.revocations.map(({ facts }) => facts?.reason)).toEqual(["superseded", "keyCompromise"]);
  const [own, letsEncrypt] = ["ca.internal.example.gov", "acme-v02.api.letsencrypt.org"];
  expect(view.ordersIn(now, 24)).toEqual([
    { issuer: letsEncrypt, result: "done", count: 4 },
    { issuer: letsEncrypt, result: "dns", count: 1 },
    { issuer: own, result: "done", count: 12 },
  ]);
});
