import { LedgerFold } from "../../../src/service-levels/fold-ledger";
import type { SliName } from "../../../src/service-levels/metric-families";
import type { Probe } from "../../../src/service-levels/probe";
import { serviceLevels, type ServiceLevel, type ServiceLevelInput } from "../../../src/service-levels/service-levels";
import { serviceLevelTable } from "../../../src/service-levels/service-level-table";
import { afterMinutes, ledgerLine } from "../../support/ledger-lines";

const now = afterMinutes(60 * 24);

const endpoint = (name: string, isValid: boolean, notAfter?: Date) => ({
  ...{ endpoint: `${name}:443`, owner: "", tier: "", isValid },
  ...(notAfter && { notAfter }),
});

const probe = (hoursAgo: number, endpoints: Probe["endpoints"], source: Probe["source"] = "scan"): Probe => ({
  ...{ source, at: new Date(now.getTime() - hoursAgo * 3_600_000), endpoints, certificates: [] },
});

function levelOf(sli: SliName, given: Partial<ServiceLevelInput> = {}): ServiceLevel {
  const level = serviceLevels({ ledger: new LedgerFold(), probes: [], now, ...given }).find((each) => each.sli === sli);
  if (level === undefined) throw new Error(`there is no ${sli}`);
  return level;
}

function ledgerOf(good: number, bad: number, minutesAgo = 0): LedgerFold {
  const fold = new LedgerFold();
  const at = 60 * 24 - minutesAgo;
  const facts = { action: "renew" };
  for (let n = 0; n < good; n++) fold.add(ledgerLine("renewal.ended", { at, facts }));
  for (let n = 0; n < bad; n++) fold.add(ledgerLine("renewal.ended", { at, facts, outcome: "failed" }));
  return fold;
}

test("the burn rate is the bad share against what the target leaves; the budget is what is left of 30 days", () => {
  const { windows, budgetRemaining } = levelOf("renewal", { ledger: ledgerOf(9_999, 1) });
  expect(windows?.["1h"]).toEqual({
    ...{ good: 9_999, bad: 1 },
    ratio: expect.closeTo(0.9999, 8) as number,
    burnRate: expect.closeTo(0.2, 8) as number,
  });
  expect(budgetRemaining).toBeCloseTo(0.8, 8);
});

test("short windows forget, the budget does not", () => {
  const { windows, budgetRemaining } = levelOf("renewal", { ledger: ledgerOf(1, 1, 40) });
  expect(windows?.["30m"]).toEqual({ good: 0, bad: 0, ratio: 1, burnRate: 0 });
  expect(windows?.["1h"].burnRate).toBeCloseTo(1000, 6);
  expect(budgetRemaining).toBeCloseTo(-999, 6);
});

test("where nobody looked, nothing is said of endpoints; nor of keys without events", () => {
  expect(levelOf("valid").windows).toBeUndefined();
  expect(levelOf("key_access").windows).toBeUndefined();
});

test("a look counts at its time; the latest of each source holds, and what it saw may end", () => {
  const soon = new Date(now.getTime() - 60_000);
  const probes = [
    probe(50, [endpoint("a", true), endpoint("b", false)]),
    probe(2, [endpoint("a", true), endpoint("b", true, soon), endpoint("c", true)]),
    probe(40, [endpoint("d", true)], "drift-check"),
  ];
  const { windows } = levelOf("valid", { probes });
  expect(windows?.["5m"]).toMatchObject({ good: 3, bad: 1 });
  expect(windows?.["3d"]).toMatchObject({ good: 4, bad: 2 });
});

test("two accounts with a scan each: both hold; who looked at both later replaces them", () => {
  const [one, other] = [{ parts: ["1/eu-west-1"] }, { parts: ["2/eu-west-1"] }];
  const probes = [
    { ...probe(4, [endpoint("a", false)]), ...one },
    { ...probe(3, [endpoint("a", false)]), ...one },
    { ...probe(2, [endpoint("b", true)]), ...other },
  ];
  expect(levelOf("valid", { probes }).windows?.["5m"]).toMatchObject({ good: 1, bad: 1 });
  const both = { ...probe(1, [endpoint("a", true), endpoint("b", true)]), parts: [...one.parts, ...other.parts] };
  expect(levelOf("valid", { probes: [...probes, both] }).windows?.["5m"]).toMatchObject({ good: 2, bad: 0 });
});

test("a compromised certificate that stays in service is bad in every window", () => {
  const ledger = new LedgerFold();
  ledger.add(ledgerLine("certificate.revoked", { facts: { reason: "keyCompromise" } }));
  expect(levelOf("replacement", { ledger }).windows?.["5m"]).toMatchObject({ good: 0, bad: 1 });
});

test("what is too late for a replacement may be said", () => {
  const begunAt = new Date(now.getTime() - 600_000);
  const late = (replacementLimitMs?: number) => {
    const ledger = new LedgerFold({ replacementLimitMs });
    const time = begunAt.toISOString();
    ledger.add({ ...ledgerLine("certificate.revoked", { facts: { reason: "keyCompromise", begunAt: time } }), time });
    return levelOf("replacement", { ledger }).windows?.["5m"].bad;
  };
  expect([late(), late(601_000), late(599_000)]).toEqual([0, 0, 1]);
});

test("for people", () => {
  const probes = [probe(1, [endpoint("a", true), endpoint("b", true)])];
  const table = serviceLevelTable(serviceLevels({ ledger: ledgerOf(3_999, 1), probes, now }));
  expect(table.split("\n").slice(0, 4)).toEqual([
    "SERVICE LEVEL                                     TARGET   30 DAYS       OF    BUDGET LEFT  BURN 1h  BURN 6h  BURN 3d",
    "endpoints with a valid certificate                99.9 %   100 %         2     100 %        0        0        0",
    "renewals that succeed                             99.95 %  99.97 %       4000  50 %         0.5      0.5      0.5",
    "compromised certificates replaced within an hour  99 %     -             0     100 %        0        0        0",
  ]);
  expect(table).toContain("key accesses that somebody expects                100 %    not measured\n");
});
