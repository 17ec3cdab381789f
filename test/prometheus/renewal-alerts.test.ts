/** Alerts about renewals, keys, runs and the ledger: when they fire, and that nothing else does. Times are minutes from 0. */
import { firing, series, type Expected, type Series } from "../support/promtool";

const readable = (values: string | number = 1, instance?: string) =>
  series("unexpired_ledger_up", {}, values, instance);
const renewals = (outcome: string, issuer: string, values: string, instance?: string) =>
  series("unexpired_renewals_total", { outcome, issuer }, values, instance);
const failures = (cause: string, code: string, values: string) =>
  series("unexpired_failures_total", { cause, code }, values);
const deployments = (outcome: string, values: string) => series("unexpired_deployments_total", { outcome }, values);
const burn = (sli: string, window: string, rate: number) => series("unexpired_burn_rate", { sli, window }, rate);
const exitCode = (values: string | number) => series("drift_check_stack_exit_code", { stack: "web" }, values);
const lastLook = (values: string, source = "scan") => series("unexpired_probe_timestamp_seconds", { source }, values);
const lastRun = (values: string, job = "unexpired") =>
  series("drift_check_run_timestamp_seconds", {}, values, "a", job);

/** When something happened last, in a minute before or after the begin, as told from a minute on. */
const happened = (what: string, labels: Readonly<Record<string, string>>, minute: number, from = 0) =>
  series(`unexpired_${what}_timestamp_seconds`, labels, `${from === 0 ? "" : `_x${from} `}${minute * 60}x500`);
const failing = "RenewalFailing issuer=le";

/** A counter that rises in minute 10; one that is new then. */
const steps = (before: number, after: number) => `${before}x9 ${after}x500`;
const appears = (value: number) => `_x10 ${value}x500`;

const outage = [failures("ca", "acme_problem", appears(3)), renewals("failed", "le", appears(3))];
const budgetBurns = [burn("renewal", "1h", 500), burn("renewal", "5m", 500)];

const queueRead = (values: string, queue = "one") =>
  series("unexpired_key_access_queue_read_timestamp_seconds", { queue }, values);
const unreadable = (values: string) =>
  series("unexpired_key_access_queue_messages_total", { queue: "one", outcome: "unreadable" }, values);
const queueKept = series("unexpired_key_access_queue_messages_total", { queue: "one", outcome: "kept" }, "0+9x500");

const cases: readonly (readonly [string, readonly Series[], Expected])[] = [
  ["renewals succeed", [renewals("done", "le", "0+1x500")], { 30: [] }],
  ["the queue of key events is read", [queueRead("0+60x500"), unreadable("3x500"), queueKept], { 30: [], 200: [] }],
  [
    "one queue is read, and of another, nobody says anything any more",
    [queueRead("0x5", "other"), queueRead("0+60x500")],
    { 60: [], 61: ["KeyEventsNotRead queue=other"], 300: ["KeyEventsNotRead queue=other"] },
  ],
  [
    "something in the queue is no event",
    [queueRead("0+60x500"), unreadable("0x9 1x500"), queueKept],
    { 9: [], 12: ["KeyEventsNotRead queue=one"], 80: [] },
  ],
  ["one renewal fails", [renewals("failed", "le", steps(0, 1))], { 9: [], 12: ["RenewalFailing issuer=le"] }],
  [
    "one failed, and succeeded at the second try",
    [renewals("failed", "le", steps(0, 1)), renewals("done", "le", "0x19 1x500")],
    { 12: ["RenewalFailing issuer=le"], 22: [] },
  ],
  [
    "two tell of one ledger",
    [renewals("failed", "le", steps(0, 1)), renewals("failed", "le", steps(0, 1), "b"), readable(1, "b")],
    { 12: ["RenewalFailing issuer=le"] },
  ],
  [
    "a ledger begins anew",
    [renewals("failed", "le", "7x9 0x500"), renewals("done", "le", "9x9 0x500")],
    { 12: [], 60: [] },
  ],
  [
    "a ledger begins anew, and then one fails",
    [renewals("failed", "le", "7x9 0x9 1x500")],
    { 15: [], 22: ["RenewalFailing issuer=le"] },
  ],
  [
    "what failed before anybody looked",
    [renewals("failed", "le", "7x500"), failures("secrets", "aws_denied", "7x500")],
    { 5: [], 60: [] },
  ],
  [
    "what failed before anybody looked, half an hour before, and not again since",
    [
      ...[renewals("failed", "le", "7x500"), failures("secrets", "aws_denied", "7x500")],
      ...[deployments("partial", "7x500"), happened("deployment", { outcome: "partial" }, -30)],
      ...[happened("renewal", { outcome: "failed", issuer: "le" }, -30)],
      ...[happened("failure", { cause: "secrets", code: "aws_denied" }, -30)],
    ],
    { 1: ["PartialDeployment", failing, "SecretsAccessDenied code=aws_denied"], 31: [failing] },
  ],
  [
    "what failed before anybody looked, longer ago",
    [failures("secrets", "aws_denied", "7x500"), happened("failure", { cause: "secrets", code: "aws_denied" }, -61)],
    { 1: [], 60: [] },
  ],
  [
    "many renewals fail",
    [...budgetBurns, renewals("failed", "le", steps(0, 20)), renewals("done", "le", steps(0, 10))],
    { 12: ["RenewalErrorBudgetBurn sli=renewal", "RenewalFailing issuer=le"] },
  ],
  [
    "many renewals failed, and succeed now",
    [...budgetBurns, renewals("failed", "le", steps(0, 20)), renewals("done", "le", steps(0, 30))],
    { 12: [] },
  ],
  [
    "few renewals fail, of few",
    [...budgetBurns, renewals("failed", "le", steps(0, 1)), renewals("done", "le", steps(0, 3))],
    { 12: [] },
  ],
  [
    "failed renewals add up",
    [burn("renewal", "3d", 2), burn("renewal", "6h", 2)],
    { 12: ["RenewalErrorBudgetBurnSlow sli=renewal"] },
  ],
  [
    "a deployment ends half-way",
    [deployments("partial", appears(1)), deployments("complete", "5x500")],
    { 9: [], 10: ["PartialDeployment"], 75: [] },
  ],
  ["a deployment was put back", [deployments("put_back", steps(0, 3))], { 12: [] }],
  [
    "the CA is away for a run, and for the next one six hours later",
    [failures("ca", "acme_problem", "_x10 3x359 5x500"), renewals("failed", "le", "_x10 3x359 5x500")],
    {
      9: [],
      10: ["RenewalFailing issuer=le", "CaOutage issuer=le"],
      300: ["RenewalFailing issuer=le", "CaOutage issuer=le"],
      500: ["RenewalFailing issuer=le", "CaOutage issuer=le"],
    },
  ],
  [
    "the CA is away, and nobody tries any more",
    outage,
    { 300: ["RenewalFailing issuer=le", "CaOutage issuer=le"], 495: [] },
  ],
  [
    "the CA is back",
    [...outage, renewals("done", "le", "_x20 4x500")],
    { 12: ["RenewalFailing issuer=le", "CaOutage issuer=le"], 20: [], 90: [] },
  ],
  [
    "the CA is away, and another is not",
    [...outage, renewals("done", "backup", "0+1x500")],
    { 12: ["RenewalFailing issuer=le", "CaOutage issuer=le"] },
  ],
  [
    "the CA failed once",
    [failures("ca", "acme_problem", appears(1)), renewals("failed", "le", appears(1))],
    { 12: ["RenewalFailing issuer=le"] },
  ],
  [
    "a rate limit",
    [failures("ca_rate_limit", "acme_rate_limited", appears(1))],
    { 9: [], 10: ["CaRateLimited"], 75: [] },
  ],
  [
    "a challenge fails",
    [failures("dns", "acme_challenge_failed", appears(1))],
    { 10: ["DnsChallengeFailing code=acme_challenge_failed"], 75: [] },
  ],
  ["a zone is locked", [failures("proxy", "edge_dns_busy", appears(1))], { 10: ["ZoneLocked"], 75: [] }],
  [
    "the proxy tries again and again",
    [series("adp_upstream_retries_total", { reason: "edge_dns_busy" }, "0x9 0+2x60")],
    { 9: [], 20: ["ZoneLocked"] },
  ],
  [
    "the proxy tried again now and then",
    [series("adp_upstream_retries_total", { reason: "edge_dns_busy" }, "0x9 1x9 2x60")],
    { 20: [] },
  ],
  [
    "a secret may not be read",
    [failures("secrets", "aws_denied", appears(1))],
    { 10: ["SecretsAccessDenied code=aws_denied"], 75: [] },
  ],
  [
    "other failures",
    [failures("aws", "aws_throttled", appears(5)), failures("policy", "policy_denied", appears(5))],
    { 12: [] },
  ],
  [
    "one proxy of two is down",
    [series("adp_check_up", { check: "edge-dns" }, 1), series("adp_check_up", { check: "edge-dns" }, 0, "b")],
    { 12: [] },
  ],
  [
    "a check fails in all proxies",
    [series("adp_check_up", { check: "edge-dns" }, "1x9 0x9 1x500")],
    { 11: [], 12: ["ProxyDown check=edge-dns"], 20: [] },
  ],
  [
    "no proxy answers",
    [{ series: 'up{job="akamai-dns-proxy",instance="a"}', values: "1x9 0x500" }],
    { 12: ["ProxyDown job=akamai-dns-proxy"] },
  ],
  ["something else does not answer", [{ series: 'up{job="node",instance="a"}', values: "0x500" }], { 12: [] }],
  [
    "a key is used by a stranger",
    [series("unexpired_key_access_anomalies_total", { kind: "stranger" }, appears(1))],
    { 9: [], 10: ["KeyAccessAnomaly kind=stranger"] },
  ],
  [
    "a compromised certificate is not replaced in time",
    [burn("replacement", "5m", 100)],
    { 1: ["KeyCompromiseNotReplaced sli=replacement"] },
  ],
  ["compromised certificates are replaced in time", [burn("replacement", "5m", 0)], { 1: [] }],
  ["a stack fails", [exitCode("0x9 1x40 0x60")], { 39: [], 40: ["DriftCheckFailing stack=web"], 51: [] }],
  ["a stack needs an approval", [exitCode("0x9 3x9 0x60")], { 10: ["DriftNeedsApproval stack=web"], 20: [] }],
  ["a plan is forbidden", [exitCode("0x9 4x9 0x60")], { 10: ["DriftNeedsApproval stack=web"], 20: [] }],
  ["a stack has work, and it is safe", [exitCode(2)], { 60: [] }],
  [
    "a self-test is blind",
    [series("drift_check_self_test_up", {}, "1x9 0x9 1x60")],
    { 10: ["SelfTestFailing instance=a"], 20: [] },
  ],
  ["a state is locked", [failures("other", "locked", appears(1))], { 10: ["StateLockLost code=locked"] }],
  [
    "an entry of the audit trail could not be written",
    [series("adp_audit_failures_total", {}, steps(0, 1))],
    { 14: [], 16: ["LedgerUnavailable job=unexpired"], 30: [] },
  ],
];

test.each(cases)("%s", (_, input, expected) => {
  expect(firing([readable(), ...input], expected)).toBe("");
});

test("counters that go while the ledger cannot be read, and come back", () => {
  const input = [
    readable("1x9 0x9 1x500"),
    renewals("failed", "le", "7x9 _x10 7x500"),
    deployments("partial", "7x9 _x10 7x500"),
  ];
  expect(firing(input, { 14: [], 16: ["LedgerUnavailable job=unexpired"], 21: [], 60: [] })).toBe("");
});

test("what happened while there were no metrics for two hours: half an hour before they came back, and earlier", () => {
  const input = [
    readable("1x9 _x120 1x500"),
    ...[deployments("partial", "7x9 _x120 8x500"), happened("deployment", { outcome: "partial" }, 100, 130)],
    failures("secrets", "aws_denied", "7x9 _x120 8x500"),
    happened("failure", { cause: "secrets", code: "aws_denied" }, 40, 130),
  ];
  expect(firing(input, { 120: ["MetricsMissing"], 132: ["PartialDeployment"], 161: [] })).toBe("");
});

test("metrics that end", () => {
  expect(firing([readable("1x9")], { 24: [], 30: ["MetricsMissing"] })).toBe("");
});

/** The same by the hour. */
const slow: readonly (readonly [string, readonly Series[], Expected])[] = [
  ["drift-check runs each day", [lastRun("0x23 86400x23 172800x23")], { 23: [], 47: [] }],
  ["drift-check is late", [lastRun("0x40")], { 26: [], 27: ["DriftCheckMissing job=unexpired"] }],
  [
    "one drift-check is late, and another one runs each day",
    [lastRun("0x40"), lastRun("0x23 86400x23", "payments")],
    { 26: [], 27: ["DriftCheckMissing job=unexpired"] },
  ],
  [
    "drift-check told once, and never again",
    [lastRun("0x1")],
    { 26: [], 27: ["DriftCheckMissing job=unexpired"], 150: ["DriftCheckMissing job=unexpired"] },
  ],
  ["nobody looks at the endpoints", [lastLook("0x40")], { 26: [], 27: ["EstateNotLookedAt source=scan"] }],
  [
    "drift-check looks, and nobody scans",
    [lastLook("0x40"), lastLook("0x23 86400x23", "drift-check")],
    { 26: [], 27: ["EstateNotLookedAt source=scan"] },
  ],
];

test.each(slow)("%s", (_, input, expected) => {
  expect(firing([readable(), ...input], expected, "h")).toBe("");
});
