import { LedgerFold } from "../../../src/service-levels/fold-ledger";
import { metricFamilies } from "../../../src/service-levels/metric-families";
import { perWindow, windowNames } from "../../../src/service-levels/targets";
import type { LedgerLine } from "../../../src/ledger/ledger-line";
import { afterMinutes, ledgerLine } from "../../support/ledger-lines";

function folded(...lines: readonly LedgerLine[]): LedgerFold {
  const fold = new LedgerFold({ ownIssuers: new Set(["ca.internal"]) });
  for (const line of lines) fold.add(line);
  return fold;
}

/** Samples, without those that are zero and without times. */
function samples(fold: LedgerFold): string[] {
  const text = fold.families().flatMap((family) => family.text().split("\n"));
  return text.filter(
    (line) => !line.startsWith("#") && !line.endsWith(" 0") && !/_bucket|_timestamp_seconds/.test(line),
  );
}

const failed = (code: string, message = "it failed") => ({ outcome: "failed", error: { code, message } }) as const;
const renewal = (at: number, given: object = {}, issuer = "le.example") =>
  ledgerLine("renewal.ended", { at, facts: { action: "renew", issuer }, ...given });

test("retries hide nothing: two tries that failed and one that succeeded are three renewals", () => {
  const fold = folded(renewal(0, failed("aws_throttled")), renewal(1, failed("aws_throttled")), renewal(2));
  expect(samples(fold)).toEqual([
    'unexpired_renewals_total{outcome="failed",issuer="le.example"} 2',
    'unexpired_renewals_total{outcome="done",issuer="le.example"} 1',
    'unexpired_failures_total{cause="aws",code="aws_throttled"} 2',
  ]);
  expect(fold.series.renewal.counts(afterMinutes(2))["5m"]).toEqual({ good: 1, bad: 2 });
});

test("each series of a counter tells when it rose last, also where an older entry comes later", () => {
  const fold = folded(renewal(7, failed("aws_throttled")), renewal(3, failed("aws_throttled")), renewal(5));
  const text = fold.families().flatMap((family) => family.text().split("\n"));
  const seconds = (minute: number) => afterMinutes(minute).getTime() / 1000;
  expect(text.filter((line) => /^[^#].*_timestamp_seconds/.test(line))).toEqual([
    `unexpired_renewal_timestamp_seconds{outcome="failed",issuer="le.example"} ${seconds(7)}`,
    `unexpired_renewal_timestamp_seconds{outcome="done",issuer="le.example"} ${seconds(5)}`,
    `unexpired_failure_timestamp_seconds{cause="aws",code="aws_throttled"} ${seconds(7)}`,
  ]);
});

test("a counter and its times have the same labels", () => {
  const { renewals, renewalTimestamp, deployments, deploymentTimestamp } = metricFamilies;
  const { failures, failureTimestamp, keyAccessAnomalies, keyAccessAnomalyTimestamp } = metricFamilies;
  const labels = [renewals, deployments, failures, keyAccessAnomalies].map(({ labelNames }) => labelNames);
  const times = [renewalTimestamp, deploymentTimestamp, failureTimestamp, keyAccessAnomalyTimestamp];
  expect(times.map(({ labelNames }) => labelNames)).toEqual(labels);
});

test("what was refused was not tried: it is told, and costs no budget", () => {
  const refused = { outcome: "refused", error: { code: "dns_zone_not_found", message: "no zone" } };
  const fold = folded(renewal(0, { ...refused, facts: { action: "blocked" } }));
  expect(samples(fold)).toEqual([
    'unexpired_renewals_total{outcome="refused",issuer=""} 1',
    'unexpired_failures_total{cause="dns",code="dns_zone_not_found"} 1',
  ]);
  expect(fold.series.renewal.counts(afterMinutes(0))["30d"]).toEqual({ good: 0, bad: 0 });
});

test("tidying up after a renewal is none", () => {
  expect(samples(folded(renewal(0, { facts: { action: "delete" } })))).toEqual([]);
});

test("a failed issuance and its renewal count as one failure; that of another run counts", () => {
  const error = failed("acme_rate_limited");
  const fold = folded(
    ledgerLine("certificate.issued", error),
    renewal(1, error),
    renewal(2, { ...error, run: "run-2" }),
  );
  expect(samples(fold)).toContain('unexpired_failures_total{cause="ca_rate_limit",code="acme_rate_limited"} 2');
});

test.each([
  ["acme_order_invalid", "the CA gave up", "ca"],
  ["acme_challenge_failed", "no proof", "dns"],
  ["dns_not_propagated", "behind", "dns"],
  ["edge_dns_busy", "locked", "proxy"],
  ["aws_denied", "acm:ImportCertificate is denied", "aws"],
  ["aws_denied", "secretsmanager:GetSecretValue on arn:x is denied", "secrets"],
  ["policy_denied", "no", "policy"],
  ["handshake_failed", "not served", "other"],
  ["network", "cannot reach GET https://ca.example/directory: refused", "ca"],
  ["timeout", "the time is over; the last try: cannot reach POST https://ca.example/order: refused", "ca"],
  ["network", "cannot reach PUT https://adp.example/config-dns/v2/zones/example.gov: refused", "proxy"],
  ["timeout", "AWS gave no answer to acm:ImportCertificate in time", "aws"],
  ["timeout", "the time allowed for this operation is over", "other"],
])("%s (%s) is a failure of %s", (code, message, cause) => {
  const fold = folded(ledgerLine("certificate.issued", { ...failed(code, message), facts: { issuer: "le.example" } }));
  expect(samples(fold)).toEqual([
    `unexpired_failures_total{cause="${cause}",code="${code}"} 1`,
    `unexpired_issuances_total{issuer="le.example",outcome="failed",cause="${cause}"} 1`,
  ]);
});

test("who did not answer drift-check is not known to be a CA", () => {
  const fold = folded(ledgerLine("drift.checked", failed("network", "cannot reach GET https://example/: refused")));
  expect(samples(fold)).toEqual(['unexpired_failures_total{cause="other",code="network"} 1']);
});

test("an issuance waits and works; those of an own CA have to be fast as a whole", () => {
  const issued = (issuer: string, waitingSeconds: number, workingSeconds: number) =>
    ledgerLine("certificate.issued", { facts: { issuer, waitingSeconds, workingSeconds } });
  const fold = folded(issued("le.example", 90, 12), issued("ca.internal", 25, 4), issued("ca.internal", 28, 4));
  expect(samples(fold)).toEqual([
    'unexpired_issuances_total{issuer="le.example",outcome="done",cause=""} 1',
    'unexpired_issuances_total{issuer="ca.internal",outcome="done",cause=""} 2',
    'unexpired_issuance_seconds_sum{issuer="le.example",part="waiting"} 90',
    'unexpired_issuance_seconds_count{issuer="le.example",part="waiting"} 1',
    'unexpired_issuance_seconds_sum{issuer="le.example",part="working"} 12',
    'unexpired_issuance_seconds_count{issuer="le.example",part="working"} 1',
    'unexpired_issuance_seconds_sum{issuer="ca.internal",part="waiting"} 53',
    'unexpired_issuance_seconds_count{issuer="ca.internal",part="waiting"} 2',
    'unexpired_issuance_seconds_sum{issuer="ca.internal",part="working"} 8',
    'unexpired_issuance_seconds_count{issuer="ca.internal",part="working"} 2',
  ]);
  expect(fold.series.issuance.counts(afterMinutes(0))["1h"]).toEqual({ good: 2, bad: 1 });
});

test("deployments by what became of them; one that ended half-way is the bad one", () => {
  const ended = (deployment: string) => renewal(0, { facts: { action: "renew", deployment } });
  const rollout = ledgerLine("rollout.ended", { facts: { deployment: "partial" } });
  const fold = folded(ended("complete"), ended("put_back"), rollout, renewal(0));
  expect(samples(fold)).toContain('unexpired_deployments_total{outcome="complete"} 1');
  expect(samples(fold)).toContain('unexpired_deployments_total{outcome="put_back"} 1');
  expect(samples(fold)).toContain('unexpired_deployments_total{outcome="partial"} 1');
  expect(fold.series.deployment.counts(afterMinutes(0))["5m"]).toEqual({ good: 2, bad: 1 });
});

test("revocations by reason, denials by rule, waivers until they end", () => {
  const rule = "policy/issuer-not-allowed";
  const waiver = (waiverOwner: string, until: string) =>
    ledgerLine("waiver.used", { subject: { rule }, facts: { waiverOwner, until } });
  const fold = folded(
    ledgerLine("certificate.revoked", { facts: { reason: "superseded", result: "revoked" } }),
    ledgerLine("certificate.revoked", { facts: { reason: "superseded", result: "already revoked" } }),
    ledgerLine("policy.denied", { subject: { rule }, outcome: "refused" }),
    ...[waiver("web", "2026-07-01T00:00:00.000Z"), waiver("web", "2026-07-01T00:00:00.000Z")],
    waiver("api", "2026-06-01T00:00:00.000Z"),
  );
  expect(samples(fold)).toEqual([
    'unexpired_revocations_total{reason="superseded"} 1',
    `unexpired_policy_denials_total{rule="${rule}"} 1`,
  ]);
  expect(fold.waiversInForce(afterMinutes(1)).map(({ owner }) => owner)).toEqual(["web"]);
});

test("windows see what is young enough, to the minute", () => {
  const fold = folded(renewal(0), renewal(60 * 24 * 29.5, failed("internal")));
  const bad = (minutes: number) => {
    const counts = fold.series.renewal.counts(afterMinutes(60 * 24 * 29.5 + minutes));
    return windowNames.filter((window) => counts[window].bad > 0).join(" ");
  };
  expect(bad(0)).toBe("5m 30m 1h 6h 3d 30d");
  expect(bad(4)).toBe("5m 30m 1h 6h 3d 30d");
  expect(bad(5)).toBe("30m 1h 6h 3d 30d");
  expect(bad(59)).toBe("1h 6h 3d 30d");
  expect(bad(60 * 6)).toBe("3d 30d");
  expect(fold.series.renewal.counts(afterMinutes(60 * 24 * 30))["30d"]).toEqual({ good: 0, bad: 1 });
  expect(fold.series.renewal.counts(afterMinutes(60 * 24 * 90))).toEqual(perWindow(() => ({ good: 0, bad: 0 })));
});
