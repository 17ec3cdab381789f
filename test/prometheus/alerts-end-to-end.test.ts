/**
 * From what our code says of a ledger and of looks at the estate, over real Prometheus and Alertmanager with the rules and
 * routes that we ship, to what people are sent. The cases are one story: each begins where the one before ended.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { LedgerLine } from "../../src/ledger/ledger-line";
import { LedgerFold } from "../../src/service-levels/fold-ledger";
import type { ProbedCertificate } from "../../src/service-levels/probe";
import { serviceLevelMetrics } from "../../src/service-levels/service-level-metrics";
import { gauge } from "../../src/platform/report/gauge";
import { MonitoringStack, type HeldAlert } from "../support/monitoring-stack";
import { numberedEntry } from "../support/ledger-entries";

const issuer = "ca.example.gov";
const dayMs = 86_400_000;
const fromNow = (days: number) => new Date(Date.now() + days * dayMs);

const ledger = new LedgerFold();
const certificates = new Map<string, ProbedCertificate>();
const endsInScan = new Map<string, Date>();
let isProxyUp = true;
let stack: MonitoringStack;

beforeAll(async () => {
  for (let index = 0; index < 500; index++) see(`due-${index}`, "web", { begin: -30, end: 60 });
  stack = await MonitoringStack.start({
    timeScale: 60,
    jobs: {
      unexpired: ledgerText,
      scan: scanText,
      "akamai-dns-proxy": () =>
        isProxyUp ? gauge("adp_check_up", "Checks.", [{ labels: { check: "edge-dns" }, value: 1 }]) : undefined,
    },
  });
  await until(async () => (await stack.series("unexpired_ledger_up")).length > 0);
});

afterAll(() => stack.close());

test("a CA outage with 500 certificates due is one page", async () => {
  for (let index = 0; index < 500; index++) {
    see(`due-${index}`, "web", { begin: -80, end: 10 });
    record("failed", `due-${index}.example.gov`);
  }
  await until(async () => count(await stack.held(), isInhibited("CertificateExpiringSoon")) === 500);
  await until(async () => count(await stack.held(), isInhibited("RenewalFailing")) === 1);
  await until(() => stack.told("page").length > 0);
  expect(shown("page")).toEqual(["firing ca: CaOutage"]);
  const [alert] = stack.told("page")[0]?.alerts ?? [];
  expect(alert?.labels).toMatchObject({ issuer, severity: "page" });
  expect(alert?.annotations).toMatchObject({
    summary: `The CA ${issuer} does not issue`,
    description: expect.stringContaining("About 500 renewals failed and none succeeded") as string,
    runbook_url: "docs/runbooks/ca-outage.md",
  });
  expect(shown("ticket")).toEqual([]);
});

test("when the CA is back, that is told, and nothing else", async () => {
  for (let index = 0; index < 500; index++) {
    see(`due-${index}`, "web", { begin: 0, end: 90 });
    record("done", `due-${index}.example.gov`);
  }
  record("done", "other.example.gov");
  await until(() => shown("page").length > 1);
  expect(shown("page")).toEqual(["firing ca: CaOutage", "resolved ca: CaOutage"]);
  await until(
    async () => count(await stack.held(), ({ labels }) => labels.alertname === "CertificateExpiringSoon") === 0,
  );
  // what the outage took of the month's budget is there for the morning
  expect(shown("ticket").filter((each) => !each.endsWith("BudgetBurnSlow"))).toEqual([]);
});

test("an expired certificate, seen by two, is one page within two scrapes", async () => {
  const planted = 'unexpired_certificate_not_after_timestamp_seconds{certificate="shop"}';
  see("shop", "shop", { begin: -90, end: -0.01 });
  await until(async () => (await stack.series(planted)).length > 0);
  endsInScan.set("shop", fromNow(-0.01));
  await until(async () => (await stack.series('manage_certs_certificate_not_after_seconds{arn="shop"}')).length > 0);
  await until(() => pagesOf("shop").length > 0);
  expect(pagesOf("shop")).toEqual(["firing CertificateExpired"]);
  // The next scrape is at most an interval away, and the next look at the rules, which sees it, another.
  const [seen] = await stack.series('certificate:unexpired_certificate_remaining_seconds:max{certificate="shop"}');
  const [fired] = await stack.series('ALERTS{alertname="CertificateExpired", alertstate="firing"}');
  expect(fired?.values[0]?.[0]).toBe(seen?.values[0]?.[0] ?? "never");
  expect(count(await stack.held(), ({ labels }) => labels.alertname === "CertificateExpired")).toBe(1);
});

test("a replaced certificate is told of", async () => {
  see("shop", "shop", { begin: 0, end: 90 });
  endsInScan.delete("shop");
  await until(() => pagesOf("shop").length > 1);
  expect(pagesOf("shop")).toEqual(["firing CertificateExpired", "resolved CertificateExpired"]);
});

test("a silence keeps quiet what it names, and nothing else", async () => {
  const silence = stack.amtool(
    ...["silence", "add", "owner=payments", "certificate=pay", "--duration=1h"],
    ...["--author=alice", "--comment=the payment service is moved"],
  );
  see("pay", "payments", { begin: -90, end: -0.01 });
  see("refunds", "payments", { begin: -90, end: -0.01 });
  see("wiki", "wiki", { begin: -90, end: -0.01 });
  await until(() => pagesOf("refunds").length > 0 && pagesOf("wiki").length > 0);
  await until(
    async () =>
      count(
        await stack.held(),
        ({ labels, status }) => labels.certificate === "pay" && status.silencedBy.includes(silence),
      ) === 1,
  );
  expect(pagesOf("pay")).toEqual([]);
  stack.amtool("silence", "expire", silence);
  await until(() => pagesOf("pay").length > 0);
  expect(pagesOf("pay")).toEqual(["firing CertificateExpired"]);
});

test("a maintenance window keeps the proxy's alerts quiet, and no others", async () => {
  const proxyPages = () => shown("page").filter((each) => each.includes("ProxyDown"));
  await stack.muteProxy([{ times: [{ start_time: "00:00", end_time: "24:00" }] }]);
  isProxyUp = false;
  await until(() => stack.hasLogged("route is within mute time"));
  see("intranet", "web", { begin: -90, end: -0.01 });
  await until(() => pagesOf("intranet").length > 0);
  expect(proxyPages()).toEqual([]);
  await stack.muteProxy([]);
  await until(() => proxyPages().length > 0);
  expect(proxyPages()).toEqual(["firing proxy: ProxyDown"]);
});

test("500 certificates that end at once are one page, which goes on", async () => {
  const before = stack.told("page").length;
  for (let index = 0; index < 500; index++) see(`due-${index}`, "web", { begin: -90, end: -0.01 });
  await until(() => pagesOf("due-0").length > 0 && pagesOf("due-499").length > 0);
  const pages = stack.told("page").slice(before);
  expect(new Set(pages.map(({ groupLabels }) => groupLabels.cause))).toEqual(new Set(["expiry"]));
  // Prometheus hands them over by the 64
  expect(pages.length).toBeLessThanOrEqual(8);
});

function ledgerText(): string {
  const at = new Date();
  const probe = { source: "scan", at, endpoints: [], certificates: [...certificates.values()] } as const;
  return serviceLevelMetrics({ ledger, probes: [probe], now: at, isLedgerUp: true });
}

/** As `manage-certs scan --metrics` has it. */
function scanText(): string {
  const samples = [...endsInScan].map(([arn, end]) => ({
    labels: {
      arn,
      account: "111122223333",
      region: "eu-west-1",
      name: `${arn}.example.gov`,
      owner: "nobody",
      used: "true",
    },
    value: end.getTime() / 1000,
  }));
  return gauge("manage_certs_certificate_not_after_seconds", "the end of a certificate", samples);
}

/** The look at the estate sees a certificate; its dates are days from now. */
function see(
  certificate: string,
  owner: string,
  { begin, end }: { readonly begin: number; readonly end: number },
): void {
  const names = [`${certificate}.example.gov`];
  const dates = { notBefore: fromNow(begin), notAfter: fromNow(end) };
  certificates.set(certificate, {
    certificate,
    names,
    region: "eu-west-1",
    owner,
    tier: "critical",
    issuer: "CN=R10",
    ...dates,
  });
}

/** A renewal ends, on record. */
function record(outcome: "done" | "failed", name: string): void {
  const line: LedgerLine = {
    ...numberedEntry(ledger.headSequence + 1),
    ...{ event: "renewal.ended", outcome, subject: { names: [name] }, facts: { action: "renew", issuer } },
    ...(outcome === "failed" && { error: { code: "acme_problem", message: "the CA answers with status 500" } }),
    ...{ seq: ledger.headSequence + 1, time: new Date().toISOString(), prev: "", hash: "" },
  };
  ledger.add(line);
}

/** `STATUS CAUSE: ALERTS` of each notification, alerts with that status alone. */
function shown(receiver: "page" | "ticket"): string[] {
  return stack.told(receiver).map(({ status, groupLabels, alerts }) => {
    const names = alerts.filter((alert) => alert.status === status).map(({ labels }) => labels.alertname);
    return `${status} ${groupLabels.cause ?? ""}: ${[...new Set(names)].join()}`;
  });
}

/** What pages said of a certificate, one after the other, without what they said again. */
function pagesOf(certificate: string): string[] {
  const said = stack
    .told("page")
    .flatMap(({ alerts }) => alerts.filter(({ labels }) => labels.certificate === certificate))
    .map(({ status, labels }) => `${status} ${labels.alertname ?? ""}`);
  return said.filter((each, index) => each !== said[index - 1]);
}

function isInhibited(name: string): (alert: HeldAlert) => boolean {
  return ({ labels, status }) => labels.alertname === name && status.inhibitedBy.length > 0;
}

function count(alerts: readonly HeldAlert[], which: (alert: HeldAlert) => boolean): number {
  return alerts.filter(which).length;
}

/** Polls for a minute: on a busy machine everything is late. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < 600; look++) {
    if (await isSo()) return;
    await pause(100);
  }
  throw new Error(`never came about: ${isSo.toString()}; told: ${JSON.stringify(stack.notifications.slice(-5))}`);
}
