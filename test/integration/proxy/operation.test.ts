/** What those who run the proxy see of it: probes, metrics, log; and how it stops. */
import { Agent } from "node:https";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { RecordSet } from "../../../src/dns/record-set";
import { calmEdgeDns } from "../../../src/sandbox/edge-dns/edge-dns-faults";
import { TestProxy, type Answer, type ProxySetup } from "../../support/running-proxy";

const zone = "example.test";
const pathOf = (name: string) => `/config-dns/v2/zones/${zone}/names/${name}/types/TXT`;
const hosts = ["a", "b", "c", "d"].map((label) => `${label}.${zone}`);
const value = (index: number) => String(index).padStart(43, "v");
const body = (name: string, index: number) => ({ name, type: "TXT", ttl: 120, rdata: [value(index)] });
const create = { part: "edge-dns", operation: "POST recordset", nth: 1, action: "hold" } as const;

let proxy: TestProxy;

async function start(setup: Partial<ProxySetup> = {}, sections = ""): Promise<void> {
  proxy = await TestProxy.start({
    policy: `
clients:
  - { name: team-web, tokens: ["{token:team-web}"], requestsPerMinute: 100000 }
  - { name: team-gone, tokens: ["{token:team-gone}"], expires: 2020-01-01 }
grants:
  - { client: team-web, zone: ${zone}, allow: acme-challenge, names: [${hosts.join(", ")}] }
${sections}`,
    zones: { [zone]: [] },
    faults: calmEdgeDns,
    ...setup,
  });
}

afterEach(() => proxy.stop());

const ask = (path: string) => proxy.raw("GET", path, undefined, {});
const standing = (): RecordSet[] => proxy.store.recordSets(zone).filter(({ type }) => type === "TXT");

test("the probes say that it is there and ready", async () => {
  await start();
  expect(await ask("/healthz")).toMatchObject({ status: 200, json: { status: "ok" } });
  const ok = { status: "ok" };
  const json = { status: "ready", checks: { audit: ok, upstream: ok, coordination: ok } };
  expect(await ask("/readyz")).toMatchObject({ status: 200, json });
});

test("credentials that Akamai does not accept are no readiness, and no secret is told", async () => {
  await start({ faults: { ...calmEdgeDns, clockWindowMs: -1 } });
  const answer = await ask("/readyz");
  expect(answer).toMatchObject({
    status: 503,
    json: { status: "not-ready", checks: { upstream: { status: "failed" } } },
  });
  expect(answer.text).not.toContain(proxy.upstream.credentials.clientToken);
});

test("an audit file that was taken away is no readiness", async () => {
  await start();
  rmSync(join(proxy.folder, "audit.jsonl"));
  expect(await ask("/readyz")).toMatchObject({ status: 503, json: { checks: { audit: { status: "failed" } } } });
});

test("requests are counted by operation, client and outcome, and no label tells a zone, a name or a value", async () => {
  await start();
  const [host = ""] = hosts;
  const name = `_acme-challenge.${host}`;
  const send = proxy.as("team-web");
  await send("POST", pathOf(name), body(name, 1));
  await send("GET", pathOf(name));
  await send("GET", pathOf(`_acme-challenge.x.${zone}`));
  await proxy.as("team-gone")("GET", pathOf(name));
  await proxy.as("stranger")("GET", pathOf(name));
  const { status, text, headers } = await ask("/metrics");
  expect([status, headers["content-type"]]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
  for (const line of [
    'adp_requests_total{operation="create-record-set",client="team-web",status_class="2xx"} 1',
    'adp_requests_total{operation="read-record-set",client="team-web",status_class="2xx"} 1',
    'adp_requests_total{operation="read-record-set",client="team-web",status_class="4xx"} 1',
    'adp_requests_total{operation="none",client="team-gone",status_class="4xx"} 1',
    'adp_requests_total{operation="none",client="",status_class="4xx"} 1',
    'adp_authentication_refusals_total{reason="inactive"} 1',
    'adp_authentication_refusals_total{reason="signature"} 1',
    'adp_decisions_total{verdict="deny",reason="name-not-granted"} 1',
    'adp_writes_total{outcome="done"} 1',
    'adp_upstream_requests_total{method="POST",result="201"} 1',
    "adp_zone_queue_wait_seconds_count 1",
    'adp_audit_entries_total{event="refused"} 1',
    `adp_client_expiry_timestamp_seconds{client="team-gone"} ${Date.parse("2020-01-01") / 1000}`,
    'adp_check_up{check="upstream"} 1',
    "adp_requests_in_work 0",
    `adp_audit_head_sequence ${proxy.audit().length}`,
    "adp_replay_keys 1",
  ])
    expect(text).toContain(line + "\n");
  expect(text).not.toMatch(/example|acme|vvv|akab-/);
});

test("refusals and denials are in the log as warnings with their request", async () => {
  await start();
  const { headers } = await proxy.as("team-web")("GET", pathOf(`_acme-challenge.x.${zone}`));
  await proxy.as("stranger")("GET", pathOf("x"));
  const lines = proxy.logged
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ level }) => level === "warn");
  const denied = { level: "warn", client: "team-web", reason: "name-not-granted", requestId: headers["x-request-id"] };
  expect(lines).toMatchObject([
    { ...denied, message: "request denied" },
    { level: "warn", message: "request refused" },
  ]);
});

test("who may not read the metrics is told that there is nothing", async () => {
  await start({}, "metrics: { cidrs: [10.0.0.0/8] }");
  const answer = await ask("/metrics");
  expect(answer.status).toBe(404);
  expect(answer.text).not.toContain("team-web");
});

test("writes in a zone's queue are done before the proxy ends, also those whose clients are gone", async () => {
  await start();
  const trap = proxy.gate.set(create);
  const agents = hosts.map(() => new Agent({ keepAlive: true }));
  const answers = hosts.map((host, index) => {
    const name = `_acme-challenge.${host}`;
    return proxy
      .as("team-web", { agent: agents[index] })("POST", pathOf(name), body(name, index))
      .catch(() => "gone");
  });
  await trap.caught;
  await queueOf(3);
  agents[3]?.destroy();
  let hasEnded = false;
  const ended = proxy.proxy.close({ drainMs: 1 }).then(() => (hasEnded = true));
  expect(await answers[3]).toBe("gone");
  expect(hasEnded).toBe(false);
  trap.release();
  const told = (await Promise.all(answers)) as Answer[];
  expect(told.slice(0, 3).map(({ status }) => status)).toEqual([201, 201, 201]);
  await ended;
  expect(standing()).toHaveLength(4);
  expect(proxy.audit().filter(({ event, outcome }) => event === "write" && outcome === "done")).toHaveLength(4);
  for (const agent of agents) agent.destroy();
});

test("writes that the deadline finds in the queue of a proxy that stops are refused, and were not begun", async () => {
  await start({ options: { limits: { deadlineMs: 1_000 } } });
  const read = { part: "edge-dns", operation: "GET recordset", nth: 1, action: "hold" } as const;
  const traps = Array.from({ length: 8 }, () => proxy.gate.set(read));
  const answers = hosts.map((host, index) => {
    const name = `_acme-challenge.${host}`;
    return proxy.as("team-web")("POST", pathOf(name), body(name, index));
  });
  await traps[0]?.caught;
  await queueOf(3);
  const ended = proxy.proxy.close();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([503, 503, 503, 503]);
  await ended;
  for (const trap of traps) trap.release();
  expect(proxy.gate.history.filter(({ operation }) => operation === "POST recordset")).toEqual([]);
  expect(standing()).toEqual([]);
});

test("while a proxy drains it says so and serves on", async () => {
  let goOn: () => void = () => undefined;
  const drained = new Promise<void>((resolve) => (goOn = resolve));
  await start({ options: { sleep: () => drained } });
  const ended = proxy.proxy.close({ drainMs: 1_000 });
  expect(await ask("/readyz")).toMatchObject({ status: 503, json: { status: "stopping" } });
  expect((await proxy.as("team-web")("GET", `/config-dns/v2/zones/${zone}`)).status).toBe(200);
  goOn();
  await ended;
  await expect(ask("/readyz")).rejects.toThrow(/ECONNREFUSED/);
});

/** Waits until so many writes wait for their turn. */
async function queueOf(length: number): Promise<void> {
  for (;;) {
    const { text } = await ask("/metrics");
    if (text.includes(`adp_zone_queue_length ${length}\n`)) return;
  }
}
