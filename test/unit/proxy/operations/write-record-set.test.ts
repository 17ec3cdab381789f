import { problemError } from "../../../../src/akamai/edge-dns-problem";
import { systemClock } from "../../../../src/platform/clock";
import { SharedDeadline } from "../../../../src/platform/deadline";
import { AppError } from "../../../../src/platform/errors";
import { silentLogger } from "../../../../src/platform/log";
import { localCoordination } from "../../../../src/proxy/coordination/local-coordination";
import { SeenRecordSets } from "../../../../src/proxy/merge/seen-record-sets";
import type { Call, ProxyParts } from "../../../../src/proxy/operations/call";
import { writeRecordSet } from "../../../../src/proxy/operations/write-record-set";
import { acmeChallengeGrant } from "../../../../src/proxy/policy/grant-presets";
import { Policy } from "../../../../src/proxy/policy/policy";
import type { Upstream } from "../../../../src/proxy/upstream/upstream";
import { ZoneWriters } from "../../../../src/proxy/zone-writers";
import { silentAudit } from "../../../support/silent-audit";

const zone = "e.gov";
const now = new Date("2026-01-02T03:04:05Z");

function partsWith(recordSetOnce: Upstream["recordSetOnce"]): ProxyParts {
  return {
    policy: new Policy([], [acmeChallengeGrant({ id: "g", client: "c", zone, names: [zone] })]),
    upstream: { recordSetOnce } as Upstream,
    coordination: localCoordination(),
    writers: new ZoneWriters({ deadlineMs: 20 }),
    seen: new SeenRecordSets(),
    audit: silentAudit,
    logger: silentLogger,
    clock: systemClock,
    writeRetryPolicy: { attempts: 20, firstDelayMs: 500, maxDelayMs: 20_000 },
    readDeadline: new SharedDeadline(20),
  };
}

const call: Call = {
  principal: { client: "c", token: "t" },
  requestId: "r",
  remoteAddress: "127.0.0.1",
  connection: "1",
  signal: new AbortController().signal,
};
const write = {
  operation: "create-record-set",
  client: "c",
  zone,
  name: `_acme-challenge.${zone}`,
  type: "TXT",
  sent: { ttlSeconds: 60, rdata: ["v".repeat(43)] },
} as const;

test("at the deadline the client hears what kept the write waiting", async () => {
  let reads = 0;
  const parts = partsWith(async () => {
    reads++;
    throw problemError({ status: 429, headers: { "retry-after": "15" }, body: "" }, "GET", now);
  });
  await expect(writeRecordSet(parts, call, write)).rejects.toMatchObject({
    code: "edge_dns_busy",
    facts: { status: 429 },
    retryAfterMs: 15_000,
  });
  expect(reads).toBe(1);
});

test("a write that the deadline cuts off is read back, and on record as failed where nothing came of it", async () => {
  const outcomes: (string | undefined)[] = [];
  const parts = partsWith(() => Promise.resolve(undefined));
  const create: Upstream["create"] = (_zone, _set, signal) =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new AppError("aborted", "cut off")));
    });
  const recording: ProxyParts = {
    ...parts,
    upstream: { ...parts.upstream, create },
    audit: {
      write: async ({ outcome }) => {
        outcomes.push(outcome);
      },
    },
  };
  await expect(writeRecordSet(recording, call, write)).rejects.toMatchObject({ code: "aborted" });
  expect(outcomes).toEqual([undefined, "failed"]);
});
