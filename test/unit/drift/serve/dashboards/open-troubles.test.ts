import type { DashboardView } from "../../../../../src/drift/serve/dashboards/dashboard-view";
import { openTroubles } from "../../../../../src/drift/serve/dashboards/open-troubles";
import { emptyDashboard, fullDashboard } from "../../../../support/drift/dashboard-views";
import { calmView, fullView, now, seen } from "../../../../support/drift/status-views";

const dayMs = 24 * 3600_000;
const before = (days: number) => new Date(now.getTime() - days * dayMs);

function titles(more: Partial<DashboardView>): string[] {
  return openTroubles({ ...emptyDashboard, ...more }).map(({ title, runbook }) => `${title}: ${runbook}`);
}

test("on a calm day there are none", () => {
  expect(titles({ certificates: calmView.certificates })).toEqual([]);
});

test("certificates that ended, whoever looked, with what to type and whose they are", () => {
  const certificates = [seen("a.example.gov", -2), seen("*.b.example.gov", -1, { stack: "", owner: "payments" })];
  expect(titles({ certificates })).toEqual(["2 certificates ended: expiry-outage"]);
  const [group] = openTroubles({ ...emptyDashboard, certificates });
  expect(group?.troubles).toMatchObject([
    { what: "a.example.gov", at: before(2), command: "drift-check explain api" },
    { owner: "payments", command: "manage-certs renew --only '*.b.example.gov'" },
  ]);
});

test.each([
  ["90 days, of which two are left", 2, 88, true],
  ["90 days, of which four are left", 4, 86, false],
  ["six days, of which two are left", 2, 4, false],
  ["a life that nobody knows, of which two days are left", 2, undefined, false],
  ["a life that nobody knows, of which half a day is left", 0.5, undefined, true],
])("a certificate with %s", (_, left, gone, isTold) => {
  const certificates = [seen("a.example.gov", left, gone === undefined ? {} : { begins: before(gone) })];
  expect(titles({ certificates })).toEqual(isTold ? ["1 certificate about to end: certificate-expiring-soon"] : []);
});

test("endpoints, stacks, drift-check itself, and what nobody has looked at for long", () => {
  const refused = [{ endpoint: "a.example.gov:443", owner: "", since: before(1) }];
  const looks = [
    { source: "scan" as const, at: before(3) },
    { source: "drift-check" as const, at: before(1) },
  ];
  expect(titles({ refused, looks, status: fullView })).toEqual([
    "1 endpoint without a valid certificate: endpoint-not-valid",
    "3 stacks failed or forbidden: drift-check-failing",
    "drift-check needs help: drift-check-failing",
    "What is known is old: drift-check-missing",
  ]);
});

test("a key that was used unexpectedly is told for a day", () => {
  const { keyAnomalies } = fullDashboard;
  expect(titles({ keyAnomalies })).toEqual(["1 key access that nobody expects: key-access-anomaly"]);
  const [trouble] = openTroubles({ ...emptyDashboard, keyAnomalies })[0]?.troubles ?? [];
  expect(trouble).toMatchObject({
    what: "GetSecretValue by arn:aws:iam::111122223333:user/mallory",
    how: "by somebody who is not on the list,",
  });
  const tomorrow = { ...calmView, now: new Date(now.getTime() + dayMs) };
  expect(titles({ keyAnomalies, status: tomorrow })).toEqual([]);
});
