import { AppError } from "../../../../src/platform/errors";
import { observedAudit, type AuditEntry } from "../../../../src/proxy/audit";
import { meteredAudit } from "../../../../src/proxy/metrics/metered-audit";
import { meteredHttp } from "../../../../src/proxy/metrics/metered-http";
import { meteredWriters } from "../../../../src/proxy/metrics/metered-writers";
import { ProxyMetrics } from "../../../../src/proxy/metrics/proxy-metrics";
import { ZoneWriters } from "../../../../src/proxy/zone-writers";
import { PreparedHttp } from "../../akamai/prepared-http";
import { silentAudit } from "../../../support/silent-audit";

/** A clock of a quarter of a second per look. */
function steps(): () => number {
  let at = 0;
  return () => (at += 250);
}

async function linesOf(metrics: ProxyMetrics, name: string): Promise<string[]> {
  return (await metrics.render()).split("\n").filter((line) => line.startsWith(name));
}

test("a request counts once, by operation, client and class of its status", async () => {
  const metrics = new ProxyMetrics();
  metrics.answered({ operation: "read-record-set", client: "team-web", status: 204, seconds: 0.002 });
  metrics.answered({ operation: "read-record-set", client: "team-web", status: 200, seconds: 0.002 });
  metrics.answered({ operation: "none", client: "", status: 401, seconds: 0.001 });
  expect(await linesOf(metrics, "adp_requests_total")).toEqual([
    'adp_requests_total{operation="read-record-set",client="team-web",status_class="2xx"} 2',
    'adp_requests_total{operation="none",client="",status_class="4xx"} 1',
  ]);
  expect(await linesOf(metrics, "adp_request_duration_seconds_count")).toContain(
    'adp_request_duration_seconds_count{operation="read-record-set"} 2',
  );
});

test("the trail's entries count as decisions, writes and entries; one that is not written counts as a failure", async () => {
  const metrics = new ProxyMetrics();
  let isFull = false;
  const trail = {
    ...silentAudit,
    write: async () => {
      if (isFull) throw new AppError("store_unwritable", "full");
    },
  };
  const audit = observedAudit(trail, [meteredAudit(metrics)]);
  const entry = { requestId: "r", client: "c", token: "t", remoteAddress: "" };
  const entries: AuditEntry[] = [
    { ...entry, event: "decision", verdict: "allow", grant: "grants[0]" },
    { ...entry, event: "decision", verdict: "deny", reason: "name-not-granted" },
    { ...entry, event: "write", outcome: "done" },
    { ...entry, event: "refused", reason: "rate" },
  ];
  for (const each of entries) await audit.write(each);
  isFull = true;
  await expect(audit.write({ ...entry, event: "write", outcome: "done" })).rejects.toThrow("full");
  const text = await metrics.render();
  for (const line of [
    'adp_decisions_total{verdict="allow",reason="granted"} 1',
    'adp_decisions_total{verdict="deny",reason="name-not-granted"} 1',
    'adp_writes_total{outcome="done"} 1',
    'adp_writes_total{outcome="unknown"} 0',
    'adp_audit_entries_total{event="decision"} 2',
    'adp_audit_entries_total{event="refused"} 1',
    "adp_audit_failures_total 1",
  ])
    expect(text).toContain(line + "\n");
});

test("requests to Edge DNS count by status or by what went wrong, and are timed; the rate limit shows once it is told", async () => {
  const metrics = new ProxyMetrics();
  const refused = new AppError("network", "refused");
  const prepared = new PreparedHttp({ status: 200 }, refused, {
    status: 429,
    headers: { "x-ratelimit-remaining": "0" },
  });
  const http = meteredHttp(prepared.client, metrics, steps());
  const request = { method: "GET", url: "https://akamai.test/" };
  await http.send(request);
  expect(await linesOf(metrics, "adp_upstream_rate_limit_remaining")).toEqual([]);
  await expect(http.send(request)).rejects.toBe(refused);
  await http.send(request);
  expect(await linesOf(metrics, "adp_upstream_requests_total")).toEqual([
    'adp_upstream_requests_total{method="GET",result="200"} 1',
    'adp_upstream_requests_total{method="GET",result="network"} 1',
    'adp_upstream_requests_total{method="GET",result="429"} 1',
  ]);
  expect(await linesOf(metrics, "adp_upstream_request_duration_seconds_sum")).toEqual([
    'adp_upstream_request_duration_seconds_sum{method="GET"} 0.75',
  ]);
  expect(await linesOf(metrics, "adp_upstream_rate_limit_remaining")).toEqual(["adp_upstream_rate_limit_remaining 0"]);
});

test("a write's wait counts once, also if its turn never comes", async () => {
  const metrics = new ProxyMetrics();
  const writers = meteredWriters(new ZoneWriters({ maxWaiting: 0 }), metrics, steps());
  await expect(writers.run("z", "c", async () => "done")).rejects.toThrow("busy");
  const open = meteredWriters(new ZoneWriters(), metrics, steps());
  expect(await open.run("z", "c", async () => "done")).toBe("done");
  expect(await linesOf(metrics, "adp_zone_queue_wait_seconds_count")).toEqual(["adp_zone_queue_wait_seconds_count 2"]);
});

test("what is watched is asked for at each scrape, and missing where there is nothing", async () => {
  const metrics = new ProxyMetrics();
  let value: number | undefined = 3;
  const labels = new Map([["a", 1]]);
  metrics.watch("adp_thing", "A thing.", () => value);
  metrics.watchEach("adp_things", "Things.", "client", () => labels);
  expect(await linesOf(metrics, "adp_thing")).toEqual(["adp_thing 3", 'adp_things{client="a"} 1']);
  value = undefined;
  labels.clear();
  labels.set("b", 2);
  expect(await linesOf(metrics, "adp_thing")).toEqual(['adp_things{client="b"} 2']);
});
