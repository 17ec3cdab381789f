/**
 * `manage-certs scan` of 2,500 certificates in three accounts and four of their regions, as fast as AWS's token buckets
 * allow: however it is written, a scan that makes these calls takes at least as long as the fullest bucket needs.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { BucketUse } from "../../../src/sandbox/aws/rate-limits";
import { ratio, type Benchmark, type Finding } from "../benchmark";
import { ChildProgram } from "../support/child-program";
import type { EstateOperations, EstatePlaces } from "../support/estate-program";
import { callersNode } from "../support/node-environment";

const root = resolve(__dirname, "../../..");

export const benchmark: Benchmark = {
  subject: "scan of an estate of 2,500 certificates",
  measure: async () => {
    const program = ChildProgram.start<EstateOperations>(join(__dirname, "../support/estate-program.ts"));
    const folder = mkdtempSync(join(tmpdir(), "unexpired-bench-"));
    try {
      const places = await program.ask("places");
      const scan = await runScan(places, folder);
      return findings(scan, await program.ask("uses"), places);
    } finally {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Scan {
  readonly milliseconds: number;
  readonly processorSeconds: number;
  readonly megabytes: number;
  readonly certificates: number;
  readonly failures: number;
}

async function runScan({ aws, roleArns, nameServer }: EstatePlaces, folder: string): Promise<Scan> {
  const accounts = join(folder, "accounts.yaml");
  const usage = join(folder, "usage.json");
  const entries = ["- name: own", ...roleArns.map((arn, index) => `- name: member-${index}\n    roleArn: ${arn}`)];
  writeFileSync(accounts, `accounts:\n${entries.map((entry) => `  ${entry}\n`).join("")}`);
  const command = join(root, "dist/src/bin/manage-certs.js");
  const hook = ["--require", join(__dirname, "../support/note-usage.js")];
  const flags = ["scan", "--regions", "all", "--accounts", accounts, "--no-handshakes", "--json"];
  const env = {
    PATH: process.env.PATH,
    ...callersNode(),
    HOME: folder,
    NOTE_USAGE: usage,
    AWS_ENDPOINT_URL: aws.endpointUrl,
    AWS_REGION: aws.region,
    AWS_ACCESS_KEY_ID: aws.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
    MANAGE_CERTS_NAME_SERVERS: JSON.stringify([nameServer]),
  };
  const begin = performance.now();
  const stdout = await outputOf([...hook, command, ...flags], { cwd: folder, env, maxBuffer: 256 * 1024 * 1024 });
  const milliseconds = performance.now() - begin;
  const document = JSON.parse(stdout) as {
    readonly certificates: readonly unknown[];
    readonly failures: readonly unknown[];
  };
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(readFileSync(usage, "utf8")) as NodeJS.ResourceUsage;
  const took = {
    milliseconds,
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    megabytes: (maxRSS * 1024) / 1e6,
  };
  return { ...took, certificates: document.certificates.length, failures: document.failures.length };
}

/** A scan that finds something to do ends with 2, one with failures with 1: these are in what it writes. */
function outputOf(args: readonly string[], options: Parameters<typeof execFile>[2] & object): Promise<string> {
  return new Promise((fulfil, reject) => {
    execFile(process.execPath, args, { ...options, encoding: "utf8" }, (error, stdout, stderr) => {
      if (stdout === "") reject(new Error(`${error?.message ?? "the scan wrote nothing"}\n${stderr}`));
      else fulfil(stdout);
    });
  });
}

function findings(scan: Scan, uses: readonly BucketUse[], places: EstatePlaces): readonly Finding[] {
  const seconds = Math.max(...uses.map(({ allowed, burst, perSecond }) => (allowed - burst) / perSecond));
  const buckets = { name: "AWS's token buckets", value: seconds * 1000, ours: scan.milliseconds, unit: "ms" };
  const throttled = uses.reduce((sum, use) => sum + use.throttled, 0);
  return [
    ratio("scan-estate-time", { atMost: 1.3 }, buckets),
    { name: "scan-estate-processor-time", value: scan.processorSeconds, unit: "s", budget: null },
    { name: "scan-estate-memory", value: scan.megabytes, unit: "MB", budget: { atMost: 300 } },
    {
      name: "scan-estate-found",
      value: scan.certificates,
      unit: "certificates",
      budget: { atLeast: places.certificates },
    },
    { name: "scan-estate-failures", value: scan.failures, unit: "failures", budget: { atMost: 0 } },
    // Met by waiting; a request that comes a moment too early costs another one.
    { name: "scan-estate-throttled", value: throttled, unit: "requests", budget: null },
  ];
}
