/**
 * `drift-check self-test` without a stack: everything that a run has to see and to do, by the code of `run`, on a stack of
 * our own in a sandbox. Offline; it needs nothing but terraform.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultConfig, type Config } from "../../drift/config/config";
import { AcmView } from "../../drift/detect/acm-view";
import { detectCertificates } from "../../drift/detect/detect-certificates";
import { reasonOf } from "../../drift/report/outcome-words";
import { runStack, type RunStackOptions } from "../../drift/run/run-stack";
import type { StackReport } from "../../drift/run/stack-report";
import { secretHider } from "../../drift/terraform/secret-hider";
import { verifyServed } from "../../drift/verify/verify-served";
import { sleep, systemClock } from "../../platform/clock";
import { AppError } from "../../platform/errors";
import { secureContextTrusting } from "../../platform/extra-authorities";
import type { Address } from "../../rollout/connect-to";
import { BundledStack } from "./bundled-stack";
import { terraformOptions } from "./terraform-options";

export interface BundledSelfTest {
  readonly config: Pick<Config, "terraform" | "limits">;
  readonly terraformBin?: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Hears a line for each thing that was proved. */
  readonly tell: (line: string) => void;
}

const [certificate, record] = ["unexpired_certificate.web", "unexpired_dns_record.contact"];

/** Errors: `self_test_failed`, those of terraform, and `missing_file` where the sandbox's providers were not built. */
export async function bundledSelfTest(options: BundledSelfTest): Promise<void> {
  const { environment, signal, tell } = options;
  const folder = await mkdtemp(join(tmpdir(), "drift-check-self-test-"));
  try {
    const terraform = terraformOptions({ ...options, hideSecrets: secretHider(environment) });
    const bundled = await BundledStack.start({ folder, terraform, signal });
    try {
      const at = await bundled.apply();
      tell("ok the stack examples/plain-terraform is applied in a sandbox");
      await prove(bundled, await runOptions(bundled, at, { terraform, signal }), tell);
    } finally {
      await bundled.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function prove(bundled: BundledStack, options: RunStackOptions, tell: (line: string) => void): Promise<void> {
  const run = (environment: Readonly<Record<string, string>> = {}) => {
    const own = { ...options.terraform.environment, ...environment };
    return runStack(bundled.stack, { ...options, terraform: { ...options.terraform, environment: own } });
  };
  const putBack = bundled.drift();
  await bundled.makeDue();

  const held = await run();
  const isHeld = held.verdict === "needs-approval" && !held.isApplied;
  mustSee(held, isHeld && held.findings.some(({ subject }) => subject === record), `a drift, planted in ${record}`);
  tell(`ok the drift in ${record} is seen, and nothing is applied beside it`);
  mustSee(
    held,
    held.changes.some(({ address }) => address === certificate),
    `${certificate}, which is due`,
  );
  tell(`ok ${certificate} is seen to be due`);

  const blind = await run({ TF_CLI_ARGS_plan: "-refresh=false" });
  const isMissed = blind.verdict === "no-op" && blind.failure?.error.code === "renewal_missed";
  mustSee(blind, isMissed, "a renewal that no plan shows");
  tell("ok the same with a plan that says nothing: the detector calls the renewal missed");

  putBack();
  const applied = await run();
  const isServed = applied.failure === undefined && applied.served.length > 0;
  mustSee(applied, applied.isApplied && isServed, "the renewal, applied and served");
  const { serial = "" } = applied.served[0] ?? {};
  tell(`ok the renewal is applied, and serial ${serial} is served in ${applied.served.length} handshakes`);
}

function mustSee(report: StackReport, isSeen: boolean, what: string): void {
  if (isSeen) return;
  const { verdict, failure } = report;
  const came = `${verdict === undefined ? "no plan" : `the verdict ${verdict}`}: ${reasonOf(report) || "nothing is found"}`;
  throw new AppError("self_test_failed", `the self-test did not see ${what}; it got ${came}`, {
    hint: failure?.error.hint ?? "do not trust drift-check on this machine until it passes",
    cause: failure?.error,
  });
}

async function runOptions(
  { sandbox, access, renewalInfo, environment, stateFolder }: BundledStack,
  { host, port }: Address,
  { terraform, signal }: Pick<RunStackOptions, "terraform" | "signal">,
): Promise<RunStackOptions> {
  const look = {
    connectTo: [{ port: 443, host, toPort: port }],
    trust: secureContextTrusting(await readFile(sandbox.files.rootsFile, "utf8")),
    access: () => access,
  };
  const settleMs = 10_000;
  const acm = new AcmView((region) => access.certificates(region), signal);
  return {
    apply: true,
    stateFolder,
    terraform: { ...terraform, environment },
    guards: { limits: defaultConfig.limits, freezes: [], followers: {} },
    verify: verifyServed({ ...look, clock: systemClock, sleep, waitMs: settleMs }),
    detect: (request, stop) =>
      detectCertificates(request, { acm, wire: look, renewalInfo, clock: systemClock, settleMs }, stop),
    clock: systemClock,
    signal,
  };
}
