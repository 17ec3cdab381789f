/** A certificate that ACM issues, as our constructs emit it: both providers as processes, records through Edge DNS. */
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Testing } from "cdktf";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CertificateIssuer,
  DnsZone,
  ListenerAttachment,
  ManagedCertificate,
  UnexpiredProvider,
} from "../../constructs";
import { faultProfiles } from "../../src/sandbox/sandbox-options";
import { startSandbox, type Sandbox } from "../../src/sandbox/start-sandbox";
import { shakeHands } from "../../src/rollout/shake-hands";
import { awsEnvironment, installBuiltProviders, nameServersOf } from "../support/provider-world";
import { makeStack } from "../support/synthesize-stack";
import { TerraformProject } from "../support/terraform";

let folder: string;
let sandbox: Sandbox;
let terraform: TerraformProject;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "managed-by-acm-"));
  sandbox = await startSandbox({ folder: join(folder, "sandbox"), faults: faultProfiles.calm });
});

afterEach(async () => {
  await terraform.remove();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

function synthesized(): string {
  const stack = makeStack();
  const { edgerc, edgeDnsCaFile } = sandbox.files;
  new UnexpiredProvider(stack, "unexpired", {
    edgeDns: { edgerc, caFile: edgeDnsCaFile },
    nameServers: nameServersOf(sandbox),
  });
  new AwsProvider(stack, "aws", { region: sandbox.aws.region });
  const zone = DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" });
  const certificate = new ManagedCertificate(stack, "web", {
    domainNames: ["app.example.gov", "*.app.example.gov", "api.example.gov"],
    issuer: CertificateIssuer.acm(),
    zones: [zone],
  });
  const listener = new LbListener(stack, "https", {
    loadBalancerArn: sandbox.loadBalancers.get("web") ?? "",
    port: 443,
    protocol: "HTTPS",
    defaultAction: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
  });
  new ListenerAttachment(stack, "attachment", { certificate, listener });
  return Testing.synth(stack, true);
}

/** Names of the CNAMEs that prove names to ACM. */
const proofs = () =>
  sandbox.zones
    .recordSets("example.gov")
    .filter(({ type, rdata }) => type === "CNAME" && rdata.some((value) => value.endsWith(".acm-validations.aws.")))
    .map(({ name }) => name);

test("one apply issues and serves it; a proof that somebody removed comes back; destroying leaves the proofs", async () => {
  terraform = await TerraformProject.create({
    files: { "cdk.tf.json": synthesized() },
    mirror: await installBuiltProviders(join(folder, "mirror")),
    environment: { ...awsEnvironment(sandbox), UNEXPIRED_STATE_DIR: join(folder, "state") },
  });
  await terraform.init();
  await terraform.apply();
  await terraform.expectEmptyPlan();

  // one for the apex and the wildcard together, one for the other host
  expect(proofs()).toHaveLength(2);
  const [record] = sandbox.account.region().acm.all();
  const [listener] = [...sandbox.account.region().elb.listeners.values()];
  expect(listener?.defaultCertificateArn).toBe(record?.arn);
  const address = sandbox.account.frontEnd(listener?.arn ?? "");
  if (address === undefined) throw new Error("no front end");
  const ca = await readFile(sandbox.files.rootsFile, "utf8");
  const { serial } = await shakeHands({ ...address, serverName: "any.app.example.gov", ca });
  expect(serial).toBe(record?.material?.info.serial);

  const [removed = ""] = proofs();
  sandbox.zones.write("example.gov", { remove: [{ name: removed, type: "CNAME" }] });
  const drift = await terraform.plan();
  expect(drift.exitCode).toBe(2);
  expect(drift.output).toMatch(
    /unexpired_dns_record\.\S+ will be created .* Plan: 1 to add, 0 to change, 0 to destroy/,
  );
  await terraform.apply();
  await terraform.expectEmptyPlan();
  expect(proofs()).toContain(removed);

  const before = proofs();
  const { output } = await terraform.destroy();
  expect(proofs()).toEqual(before);
  expect(output).toContain(removed);
  expect(sandbox.account.region().acm.all()).toEqual([]);
});
