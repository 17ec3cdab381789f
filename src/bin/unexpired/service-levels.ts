import { homedir, hostname } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { usualLedger } from "../../ledger/usual-recorder";
import { systemClock } from "../../platform/clock";
import { AppError } from "../../platform/errors";
import { HttpClient } from "../../platform/http";
import { writeWhole } from "../../platform/report/write-whole";
import { userFolders } from "../../platform/user-folders";
import { readNamedFile } from "../../platform/yaml-file/read-named-file";
import { parsePolicy } from "../../policy/parse-policy";
import { KeyAccessFold } from "../../service-levels/key-access/fold-key-accesses";
import { notRead, readQueueStates } from "../../service-levels/key-access/queue-state";
import { readCloudTrail } from "../../service-levels/key-access/read-cloud-trail";
import { readKeyAccessRules } from "../../service-levels/key-access/read-rules";
import { pushMetrics } from "../../service-levels/push-metrics";
import { readProbes } from "../../service-levels/read-probes";
import { ServiceLevelFeed, type Seen } from "../../service-levels/service-level-feed";
import { serviceLevelTable } from "../../service-levels/service-level-table";
import type { CommandManners } from "../command-manners";
import { fromCommandLine } from "../from-command-line";
import { ownIssuersOf, whoseBy } from "./known-by-policy";

interface SourceFlags {
  readonly ledger?: string;
  readonly runs?: string;
  readonly scan: readonly string[];
  readonly cloudtrail: readonly string[];
  readonly keyAccess?: string;
  readonly policy?: string;
}

interface MetricsFlags extends SourceFlags {
  readonly file?: string;
  readonly push?: string;
  readonly job: string;
  readonly instance: string;
}

/** How service levels are asked for, by machines and by people. */
export function addServiceLevels(program: Command, manners: CommandManners): void {
  withSources(program.command("metrics").description("write the service levels as metrics for Prometheus"))
    .option("--file <file>", "write them there, as the node exporter's textfile collector reads them")
    .option("--push <url>", "push them to a Pushgateway")
    .option("--job <name>", "of --push: the job", "unexpired")
    .option("--instance <name>", "of --push: the instance", hostname())
    .action((flags: MetricsFlags) => writeMetrics(flags, manners));
  withSources(
    program.command("slo").description("tell how the service levels stand, and what is left of their budgets"),
  )
    .option("--json", "write them as JSON, by docs/reference/schemas/slo.schema.json")
    .action(({ json, ...flags }: SourceFlags & { json?: true }) => tellLevels(flags, json ?? false, manners));
}

function withSources(command: Command): Command {
  return command
    .option(
      "--ledger <place>",
      "a file or postgres://… (default: UNEXPIRED_LEDGER, else ledger.jsonl in the state folder)",
    )
    .option("--runs <folder>", "where drift-check keeps its runs (default: drift/runs in the state folder)")
    .option("--scan <file>", "what manage-certs scan --json wrote; may be repeated", addText, [])
    .option("--cloudtrail <path>", "events: a file, a folder, - for standard input; may be repeated", addText, [])
    .option("--key-access <file>", "who may use keys and secrets, where and when")
    .option("--policy <file>", "the policy: whose what is, and which issuers are your own");
}

async function writeMetrics(flags: MetricsFlags, manners: CommandManners): Promise<void> {
  const { file, job, instance } = flags;
  const push = fromCommandLine(() => (flags.push === undefined ? undefined : parsePushUrl(flags.push)));
  const text = await ask(flags, manners, (feed, seen) => feed.metrics(seen));
  if (file !== undefined) await writeWhole(file, text);
  if (push !== undefined) {
    const http = new HttpClient();
    await pushMetrics(text, { url: push, grouping: { job, instance } }, http).finally(() => http.close());
  }
  if (file === undefined && push === undefined) process.stdout.write(text);
}

async function tellLevels(flags: SourceFlags, asJson: boolean, manners: CommandManners): Promise<void> {
  const levels = await ask(flags, manners, (feed, seen) => feed.levels(seen));
  process.stdout.write(
    asJson ? `${JSON.stringify({ version: 1, levels }, undefined, 2)}\n` : serviceLevelTable(levels),
  );
}

/**
 * A ledger that cannot be read, or is not as it was written, is said and makes the exit code 1, and so is a queue that
 * nobody reads any more; the rest is told.
 */
async function ask<T>(
  flags: SourceFlags,
  manners: CommandManners,
  answer: (feed: ServiceLevelFeed, seen: Seen) => T,
): Promise<T> {
  const [environment, homeFolder, now] = [process.env, homedir(), systemClock.now()];
  const policy =
    flags.policy === undefined ? undefined : parsePolicy(readNamedFile(flags.policy, "the policy file"), flags.policy);
  const runs = { folder: flags.runs ?? join(userFolders(environment, homeFolder).state, "drift", "runs") };
  const probes = await readProbes({
    ...{ scans: flags.scan, runs: { ...runs, mustExist: flags.runs !== undefined }, now },
    whose: policy && whoseBy(policy, now),
  });
  const keyAccess = await foldKeyAccesses(flags);
  const queues = await readQueueStates(flags.cloudtrail);
  const place = flags.ledger ?? usualLedger({ environment, homeFolder });
  const mustExist = flags.ledger !== undefined;
  const feed = new ServiceLevelFeed({ place, mustExist, ownIssuers: policy && ownIssuersOf(policy) });
  try {
    await feed.refresh();
    if (feed.failure !== undefined) manners.fail(feed.failure);
    for (const queue of queues.flatMap((each) => notRead(each, now) ?? [])) manners.fail(queue);
    return answer(feed, { probes, keyAccess, queues, now });
  } finally {
    await feed.close();
  }
}

async function foldKeyAccesses({ cloudtrail, keyAccess }: SourceFlags): Promise<KeyAccessFold | undefined> {
  if (cloudtrail.length === 0) return undefined;
  const fold = new KeyAccessFold(keyAccess === undefined ? {} : readKeyAccessRules(keyAccess));
  const options = { input: process.stdin };
  for (const path of cloudtrail) for await (const event of readCloudTrail(path, options)) fold.add(event);
  return fold;
}

function addText(text: string, others: readonly string[]): readonly string[] {
  return [...others, text];
}

/** The URL may hold a password: it is not repeated. Errors: `invalid_argument`. */
function parsePushUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url;
  throw new AppError("invalid_argument", "--push takes the URL of a Pushgateway", { hint: "write https://HOST:9091" });
}
