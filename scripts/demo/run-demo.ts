/**
 * The main job from end to end, offline: declare, apply, serve, renew by a re-plan. Every part is the real one, or the
 * sandbox's stand-in for what is outside.
 */
import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startProxyProcess, type ProxyProcess } from "../../src/drill/proxy-process";
import { mustRun } from "../../src/platform/run-program";
import { shakeHands, type HandshakeTarget } from "../../src/rollout/shake-hands";
import { secondsProfile } from "../../src/sandbox/acme-ca/profiles";
import { installSandboxPlugins } from "../../src/sandbox/install-plugins";
import { sandboxProfiles } from "../../src/sandbox/sandbox-options";
import { startSandbox, type Sandbox } from "../../src/sandbox/start-sandbox";
import { describePlan, foreignText, frontEnd, msUntilDue, nextSerial } from "./checks";
import { changeAnswer, configureDriftCheck, runDriftCheck } from "./drift-check";
import type { DemoFacts, DriftCheckFacts } from "./facts";
import { plantedKeyIsFound, scanFolders } from "./scan-folders";
import { tryOutsideGrant } from "./try-outside-grant";
import { Prober } from "./prober";
import type { Progress } from "./progress";
import { Terraform } from "./terraform";

export interface DemoOptions {
  /** Everything is written below it. */
  readonly folder: string;
  readonly progress: Progress;
  /** Of this package. */
  readonly version: string;
}

const root = resolve(__dirname, "../../..");
const stackName = "alb-lets-encrypt";
const zone = "example.gov";
const challenge = `_acme-challenge.app.${zone}`;
const lifeSeconds = 75;
const grant = `{ client: team-web, zone: ${zone}, allow: acme-challenge, names: [app.${zone}, "*.app.${zone}", api.${zone}] }`;

/** What others have in the zone: a TXT value at the very challenge name, and a record of their own. */
const foreignRecords = [
  { name: challenge, type: "TXT", ttlSeconds: 300, rdata: ['"kept for \\"another\\" team; do not touch"'] },
  { name: `mail.${zone}`, type: "MX", ttlSeconds: 3600, rdata: ["10 mx1.example.gov.", "20 mx2.example.gov."] },
];

export async function runDemo({ folder, progress, version }: DemoOptions): Promise<DemoFacts> {
  const env: Record<string, string> = { PATH: process.env.PATH ?? "", HOME: join(folder, "home") };
  await mkdir(join(folder, "home"), { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  try {
    const sandbox = await progress.step(
      "sandbox is up",
      () =>
        startSandbox({
          folder: join(folder, "sandbox"),
          zones: [{ name: zone, records: foreignRecords }],
          profiles: { ...sandboxProfiles, demo: secondsProfile(lifeSeconds) },
        }),
      () => "ACME CA, name servers, Edge DNS, AWS, load balancer; hostile on purpose",
    );
    stops.push(() => sandbox.close());
    const program = join(root, "dist/src/bin/akamai-dns-proxy.js");
    const proxy = await progress.step(
      "akamai-dns-proxy serves",
      () => startProxyProcess({ folder, sandbox, program, env, grants: [grant] }),
      () => "team-web may prove app.example.gov, *.app.example.gov and api.example.gov",
    );
    stops.push(() => proxy.stop());
    return await renewOnce({ folder, progress, version, env, sandbox, proxy, stops });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

interface DemoParts extends DemoOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly sandbox: Sandbox;
  readonly proxy: ProxyProcess;
  readonly stops: (() => Promise<void>)[];
}

async function renewOnce(parts: DemoParts): Promise<DemoFacts> {
  const { progress, sandbox, proxy, stops } = parts;
  const before = foreignText(sandbox, foreignRecords);
  const terraform = await synthesize(parts);
  const keys = new Set<string>();
  const collectKeys = () => {
    for (const { material } of sandbox.account.region().acm.all()) if (material) keys.add(material.privateKeyPem);
  };

  await progress.step("terraform init", () => terraform.init());
  const logFile = join(terraform.folder, "apply.trace.log");
  await progress.step(
    "terraform apply",
    () => terraform.apply({ logFile }),
    () => "two certificates issued, imported and attached",
  );
  collectKeys();
  const [certificateArn, listenerArn] = [
    await terraform.output("certificate_arn"),
    await terraform.output("listener_arn"),
  ];
  const listener = { ...frontEnd(sandbox, listenerArn), ca: await readFile(sandbox.files.rootsFile, "utf8") };
  const first = await progress.step(
    "TLS handshake with SNI",
    () => shakeHands({ ...listener, serverName: `app.${zone}` }),
    ({ serial, chainLength }) => `serial ${serial}, chain of ${chainLength} verified against the CA's root`,
  );
  const prober = new Prober(listener, [`app.${zone}`, `any.app.${zone}`, `api.${zone}`]);
  stops.push(() => prober.stop());

  const planAfterApply = await progress.step("terraform plan", () => terraform.plan("after-apply.plan"), describePlan);
  const outOfGrant = await progress.step(
    "record outside the grant",
    () => tryOutsideGrant(proxy),
    ({ reason }) => reason,
  );

  await progress.step("waiting until the renewal is due", async () => pause(await msUntilDue(terraform)));
  const whenDue = await progress.step("terraform plan", () => terraform.plan("when-due.plan"), describePlan);
  await progress.step("terraform apply of that plan", () => terraform.apply({ plan: "when-due.plan" }));
  collectKeys();
  const second = await progress.step(
    "TLS handshake with SNI",
    () => nextSerial({ ...listener, serverName: `app.${zone}` }, first.serial),
    ({ serial }) => `new serial ${serial}`,
  );
  const planAfterRenewal = await progress.step(
    "terraform plan",
    () => terraform.plan("after-renewal.plan"),
    describePlan,
  );
  const driftCheck = await driftCheckAsWell(parts, terraform, listener, second.serial);
  collectKeys();
  await prober.stop();
  for (const failure of prober.failures.slice(0, 3)) process.stderr.write(`failed handshake: ${failure}\n`);

  const scan = await progress.step(
    "search for private keys",
    () => scanFolders([join(parts.folder, "work"), join(parts.folder, "state")], [...keys]),
    ({ files }) => `${files} files: state, backup, saved plans, trace log, what drift-check keeps and reports`,
  );
  const attributes = await terraform.attributes();
  const challengeSet = sandbox.zones.recordSet(zone, challenge, "TXT")?.rdata ?? [];
  const audit = await proxy.auditLines();
  return {
    certificateArn,
    serials: [first.serial, second.serial, driftCheck.serial],
    arnKept: Object.values(attributes).some(
      ({ arn, serial }) => arn === certificateArn && serial === driftCheck.serial,
    ),
    arnKnownWhenDue: Object.values(whenDue.unknown).every(
      (names) => names.includes("serial") && !names.includes("arn"),
    ),
    chainLength: first.chainLength,
    handshakes: prober.handshakes,
    failedHandshakes: prober.failures.length,
    planAfterApply: { exitCode: planAfterApply.exitCode, actions: planAfterApply.actions },
    planWhenDue: { exitCode: whenDue.exitCode, actions: whenDue.actions },
    planAfterRenewal: { exitCode: planAfterRenewal.exitCode, actions: planAfterRenewal.actions },
    driftCheck: driftCheck.facts,
    challengeWritesThroughProxy: audit.filter(
      ({ event, outcome, name }) => event === "write" && outcome === "done" && name?.startsWith("_acme-challenge."),
    ).length,
    challengeLookups: sandbox.gate.history.filter(
      ({ part, operation, subject }) =>
        part === "dns" && operation === "TXT" && subject?.startsWith("_acme-challenge."),
    ).length,
    challengeValuesLeft: challengeSet.length - 1,
    foreignRecordsUnchanged: foreignText(sandbox, foreignRecords) === before,
    outOfGrantRefused: outOfGrant.refused,
    outOfGrantReason: outOfGrant.reason,
    privateKeyHits: scan.hits.length,
    filesScanned: scan.files,
    plantedKeyFound: await plantedKeyIsFound(parts.folder),
    seconds: Math.round(progress.seconds * 10) / 10,
  };
}

/** The next renewal, done by drift-check; then it stops at a change that is none. */
async function driftCheckAsWell(
  { folder, progress, sandbox }: DemoParts,
  terraform: Terraform,
  listener: Omit<HandshakeTarget, "serverName">,
  before: string,
): Promise<{ readonly facts: DriftCheckFacts; readonly serial: string }> {
  const program = join(root, "dist/src/bin/drift-check.js");
  const work = { program, folder: join(folder, "work"), env: terraform.env };
  const shake = () => nextSerial({ ...listener, serverName: `app.${zone}` }, before);
  await configureDriftCheck(work.folder, { ...listener, rootsFile: sandbox.files.rootsFile });
  await progress.step("waiting until the next renewal is due", async () => pause(await msUntilDue(terraform)));
  const applied = await progress.step(
    "drift-check run --apply",
    () => runDriftCheck(work, "renewal-due"),
    ({ outcome, handshakes }) => `${outcome}, and served in ${handshakes} handshakes`,
  );
  const { serial } = await shake();
  await changeAnswer(terraform.folder);
  const stopped = await progress.step(
    "drift-check run --apply, after somebody changed the listener's answer",
    () => runDriftCheck(work, "other-change"),
    ({ outcome, findings }) => `${outcome}: ${findings.join(", ")}`,
  );
  const serialKept = serial !== before && (await shake()).serial === serial;
  const [appliedExitCode, stoppedExitCode] = [applied.exitCode, stopped.exitCode];
  return { facts: { appliedExitCode, stoppedExitCode, applied, stopped, serialKept }, serial };
}

/** As the example's README says, with the sandbox in place of the world. */
async function synthesize({ folder, progress, version, env, sandbox, proxy }: DemoParts): Promise<Terraform> {
  const work = join(folder, "work");
  await mkdir(work, { recursive: true });
  const bundlesFolder = join(root, "dist/provider");
  const { cliConfigFile } = await installSandboxPlugins({ mirror: join(folder, "mirror"), bundlesFolder, version });
  const settings = {
    ...env,
    ZONE_NAME: zone,
    CONTACT_EMAIL: `tls@${zone}`,
    AWS_REGION: sandbox.aws.region,
    EDGERC: proxy.edgerc,
    AKAMAI_EDGERC_SECTION: "team-web",
    EDGE_DNS_CA_FILE: proxy.caFile,
    NAME_SERVERS: sandbox.dns.servers.map(({ host, port }) => `${host}:${port}`).join(),
    ACME_DIRECTORY_URL: sandbox.acme.directoryUrl,
    ACME_CA_FILE: sandbox.files.acmeCaFile,
    ACME_PROFILE: "demo",
  };
  const example = join(root, "examples", stackName, "main.ts");
  await progress.step("cdktf synthesizes examples/alb-lets-encrypt", () =>
    mustRun(process.execPath, [require.resolve("ts-node/dist/bin"), example], { cwd: work, env: settings }),
  );
  return new Terraform(join(work, "cdktf.out/stacks", stackName), {
    ...settings,
    TF_CLI_CONFIG_FILE: cliConfigFile,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_VAR_load_balancer_arn: sandbox.loadBalancers.get("web") ?? "",
    UNEXPIRED_STATE_DIR: join(folder, "state"),
    AWS_ENDPOINT_URL: sandbox.aws.endpointUrl,
    AWS_ACCESS_KEY_ID: sandbox.aws.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.aws.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
  });
}
