/**
 * `drift-check serve`, its server and all behind it, with 10,000 certificates in the history and 1,000,000 entries in the
 * ledger, in a process of its own; and a page of the same server with nothing on it.
 */
import { randomUUID } from "node:crypto";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDashboards } from "../../../src/bin/drift-check/open-dashboards";
import { RunHistory } from "../../../src/drift/history/run-history";
import type { RunDocument } from "../../../src/drift/report/run-document-shape";
import { framed } from "../../../src/drift/serve/pages/frame";
import { startServer } from "../../../src/drift/serve/http/start-server";
import { routesOf } from "../../../src/drift/serve/routes";
import { StatusSource } from "../../../src/drift/serve/status-source";
import type { LedgerEntry } from "../../../src/ledger/ledger-entry";
import { html } from "../../../src/pages/markup";
import { systemClock } from "../../../src/platform/clock";
import { formatChainLine } from "../../../src/platform/hash-chain/chain-line";
import { silentLogger } from "../../../src/platform/log";
import { serveOperations } from "./child-program";

const certificates = 10_000;
const entries = 1_000_000;
const dayMs = 24 * 3600_000;

const folder = mkdtempSync(join(tmpdir(), "unexpired-dashboards-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const operations = {
  /** The port, once the ledger is read. */
  start: async () => {
    const now = Date.now();
    keepRun(now);
    const ledger = join(folder, "ledger.jsonl");
    await writeLedger(ledger, now);
    const dashboards = openDashboards({ ledger, scan: [], cloudtrail: [] });
    const state = { startedAt: new Date(now), nextRunAt: new Date(now + dayMs), runs: new Map(), skipped: 0 };
    const status = new StatusSource({
      ...{ daemon: { state }, applies: true, clock: systemClock, schedule: { text: "17 */6 * * *", timeZone: "UTC" } },
      ...{ history: new RunHistory(folder, systemClock), pending: { list: async () => [] } },
      onRun: (run) => dashboards.probes.add(run),
    });
    const source = dashboards.source(status);
    while ((await source.view()).entries < entries) await new Promise((resolve) => setTimeout(resolve, 50));
    const empty = async () =>
      framed({ path: "/", title: "Empty", now: new Date(), about: "Nothing.", content: html`<p>Nothing.</p>` });
    const server = await startServer({
      ...{ host: "127.0.0.1", port: 0, names: [], logger: silentLogger },
      routes: { ...routesOf(status, source), "/empty": empty },
    });
    return server.port;
  },
};

export type DashboardOperations = typeof operations;

/** A run that saw them all, in twenty stacks. */
function keepRun(now: number): void {
  const at = new Date(now - 3600_000).toISOString();
  const certificate = (index: number) => {
    const end = new Date(now + (index % 90) * dayMs + 3600_000).toISOString();
    const name = `service-${index}.example.gov`;
    return {
      ...{ address: `unexpired_certificate.service["${index}"]`, names: [name, `www.${name}`], issuer: "acm" },
      arn: `arn:aws:acm:eu-central-1:111122223333:certificate/${index}`,
      ...{ notAfter: { state: end, acm: end, wire: end }, inPlan: false, findings: [] },
      sightings: [
        { servedBy: "aws_lb_listener.https", at: `192.0.2.1:443`, serverName: name, serial: "0a", notAfter: end },
      ],
    };
  };
  const stacks = Array.from({ length: 20 }, (_, stack) => ({
    ...{ name: `stack-${stack}`, folder: `/infra/${stack}`, outcome: "no-op", exitCode: 0, verdict: "no-op" },
    ...{ applied: false, startedAt: at, seconds: 4, changes: [], findings: [], served: [] },
    certificates: Array.from({ length: certificates / 20 }, (_, index) => certificate(stack * 500 + index)),
  })) as unknown as RunDocument["stacks"];
  const run = join(folder, "drift/runs", `${at.replace(/[-:]/g, "")}-000001`);
  mkdirSync(run, { recursive: true });
  writeFileSync(join(run, "run.json"), JSON.stringify({ version: 1, at, applies: true, exitCode: 0, stacks }), {
    mode: 0o600,
  });
}

/** A year of renewals, of which one in a hundred fails. */
async function writeLedger(file: string, now: number): Promise<void> {
  const stream = createWriteStream(file, { mode: 0o600 });
  let hash = "0".repeat(64);
  for (let seq = 1; seq <= entries; seq++) {
    const time = new Date(now - (entries - seq) * 31_000).toISOString();
    const head = { seq, time, prev: hash, ...(seq === 1 && { begins: "chain" as const }) };
    const formatted = formatChainLine(head, JSON.stringify(entryOf(seq)));
    hash = formatted.hash;
    if (!stream.write(formatted.line)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
}

function entryOf(seq: number): LedgerEntry {
  const names = [`service-${Math.floor(seq / 2) % certificates}.example.gov`];
  const issuer = `ca-${seq % 3}.example.gov`;
  const common = {
    id: randomUUID(),
    actor: { who: "github:octocat", program: "manage-certs 0.1.0", run: `run-${Math.floor(seq / 2)}` },
  };
  if (seq % 2 === 0) {
    const failed = seq % 200 === 0;
    const error = { code: "acme_problem", message: "the CA answered 503" };
    const ended = { event: "renewal.ended", outcome: failed ? "failed" : "done", ...(failed && { error }) } as const;
    return { ...common, ...ended, subject: { names }, facts: { action: "renew", issuer, deployment: "complete" } };
  }
  const facts = { issuer, waitingSeconds: 20 + (seq % 30), workingSeconds: 2 + (seq % 5) };
  return { ...common, event: "certificate.issued", outcome: "done", subject: { names }, facts };
}

serveOperations(operations);
