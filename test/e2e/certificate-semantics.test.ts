/** What decides in the corners of `unexpired_certificate` (docs/overview.md, 8), by real terraform against the sandbox. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AwsAccess } from "../../src/aws/aws-access";
import { generationTag, nameTag } from "../../src/issuance/certificate-tags";
import { sleep } from "../../src/platform/clock";
import { secondsProfile } from "../../src/sandbox/acme-ca/profiles";
import { AwsAccount } from "../../src/sandbox/aws/aws-account";
import { faultProfiles, sandboxProfiles } from "../../src/sandbox/sandbox-options";
import { materialOf } from "../support/emulated-aws";
import { block } from "../support/hcl";
import { issuerArgument, startProviderWorld, type ProviderWorld } from "../support/provider-world";
import type { TerraformProject } from "../support/terraform";
import { createTestCa } from "../support/test-certificates";

let world: ProviderWorld;
const start = async (options: Parameters<typeof startProviderWorld>[0] = {}) =>
  (world = await startProviderWorld({ profiles: { ...sandboxProfiles, brief: secondsProfile(36) }, ...options }));
afterEach(() => world.close());

const address = "unexpired_certificate.it";
const main = (changes: Readonly<Record<string, string>> = {}) =>
  block('resource "unexpired_certificate" "it"', {
    name: '"stack/web"',
    domain_names: '["app.example.gov", "*.app.example.gov"]',
    issuer: issuerArgument(world.sandbox),
    zones: '[{ name = "example.gov" }]',
    ...changes,
  }).replace(/}\n$/, "  lifecycle { create_before_destroy = true }\n}\n");

const acm = () => world.sandbox.account.region().acm;
const orders = () => world.sandbox.acme.orders().length;

/** Replaces the resource and leaves the provider block. */
async function rewrite(project: TerraformProject, changes: Readonly<Record<string, string>>) {
  const text = readFileSync(join(project.folder, "main.tf"), "utf8");
  await project.write({ "main.tf": text.slice(0, text.indexOf("resource ")) + main(changes) });
}

async function applied(changes: Readonly<Record<string, string>> = {}) {
  const project = await world.project(main(changes));
  await project.apply();
  return { project, first: await project.attributes(address) };
}

async function actionsOf(project: TerraformProject, ...more: string[]): Promise<readonly string[]> {
  await project.succeed(["plan", "-no-color", "-out=saved.plan", ...more]);
  const plan = (await project.show("saved.plan")) as {
    readonly resource_changes?: readonly { readonly change: { readonly actions: readonly string[] } }[];
  };
  return plan.resource_changes?.[0]?.change.actions ?? [];
}

test("a create finds the certificate of an earlier one that terraform forgot, and takes it over; two are an error", async () => {
  await start();
  const { project, first } = await applied();
  await project.succeed(["state", "rm", address]);
  await project.apply();
  const second = await project.attributes(address);
  expect(second).toMatchObject({ arn: first.arn, renewal_reason: "adopted", tags: null });
  expect(second.serial).not.toBe(first.serial);
  const [record] = acm().all();
  expect(record?.tags).toEqual(
    new Map([
      [nameTag, "stack/web"],
      [generationTag, expect.any(String)],
    ]),
  );
  await project.expectEmptyPlan();

  if (record?.material) acm().import(record.material, [[nameTag, "stack/web"]], new Date());
  await project.succeed(["state", "rm", address]);
  const before = orders();
  const { exitCode, output } = await project.run(["apply", "-no-color", "-auto-approve"]);
  expect([exitCode, orders()]).toEqual([1, before]);
  expect(output).toMatch(/2 unused certificates in ACM are named "stack\/web".*code: certificate_duplicate/);
});

test("contact, renewal policy, tags and timeouts change in place and order nothing; the CA learns the contact", async () => {
  await start();
  const { project, first } = await applied();
  const before = world.sandbox.gate.history.length;
  await rewrite(project, {
    issuer: issuerArgument(world.sandbox, ', contact_email = "tls@example.gov"'),
    renewal: "{ ari = false, days_before_expiry = 20 }",
    tags: '{ team = "web" }',
    timeouts: '{ create = "5m" }',
  });
  expect(await actionsOf(project)).toEqual(["update"]);
  await project.apply("saved.plan");
  const second = await project.attributes(address);
  const dayMs = 24 * 3600_000;
  const renewAt = new Date(new Date(String(first.not_after)).getTime() - 20 * dayMs).toISOString();
  expect(second).toMatchObject({ arn: first.arn, serial: first.serial, renew_at: renewAt, renewal_reason: "created" });
  expect(orders()).toBe(1);
  const asked = world.sandbox.gate.history.slice(before).map(({ operation }) => operation);
  expect(asked).toContain("account");
  await project.expectEmptyPlan();
});

test("the CA moves its window: the plan says due and why; a CA that cannot be asked is a warning", async () => {
  await start();
  // Made without asking the CA, whose first answer would be good for hours.
  const { project, first } = await applied({ renewal: "{ ari = false }" });
  const past = { start: new Date(Date.now() - 7200_000), end: new Date(Date.now() - 3600_000) };
  world.sandbox.acme.setRenewalWindow(String(first.serial), past);
  world.sandbox.gate.set({ part: "acme", operation: "renewalInfo", nth: 1, action: "break-before" });
  await rewrite(project, { renewal: "{ ari = true }" });
  const { output: unanswered } = await project.apply();
  expect(unanswered).toMatch(/the CA could not be asked when to renew.*certificate's lifetime decides.*code: network/);

  const { exitCode, output } = await project.plan();
  expect([exitCode, output]).toEqual([2, expect.stringMatching(/will be renewed.*due since .* \(ari-window\)/)]);
  await project.apply();
  const second = await project.attributes(address);
  expect(second).toMatchObject({ arn: first.arn, renewal_reason: "ari-window" });
  expect(world.sandbox.acme.certificates().map(({ replaces }) => replaces)).toEqual([undefined, expect.any(String)]);
  await project.expectEmptyPlan();
});

test("a plan decides by the moment of its refresh, also when it is applied after; without a refresh the clock decides", async () => {
  await start();
  const { project, first } = await applied({ issuer: issuerArgument(world.sandbox, ', profile = "brief"') });
  const changes = { issuer: issuerArgument(world.sandbox, ', profile = "brief"'), tags: '{ team = "web" }' };
  await rewrite(project, changes);
  expect(await actionsOf(project)).toEqual(["update"]);
  const renewAt = new Date(String(first.renew_at)).getTime();
  expect(Date.now()).toBeLessThan(renewAt);
  await sleep(renewAt - Date.now() + 500);
  await project.apply("saved.plan");
  expect(await project.attributes(address)).toMatchObject({ serial: first.serial, tags: { team: "web" } });
  expect(await actionsOf(project, "-refresh=false")).toEqual(["update"]);
  await project.apply("saved.plan");
  expect((await project.attributes(address)).serial).not.toBe(first.serial);
});

test("Ctrl-C while name servers lag: terraform says so, and no TXT value is left", async () => {
  await start({ faults: { ...faultProfiles.calm, secondNameServerDelayMs: 600_000 } });
  const project = await world.project(main());
  const written = world.sandbox.gate.set({ part: "edge-dns", operation: "POST recordset", nth: 1, action: "hold" });
  const running = project.run(["apply", "-no-color", "-auto-approve"], {
    onStart: (terraform) => {
      void written.caught.then(async () => {
        written.release();
        await sleep(300);
        process.kill(-(terraform.pid ?? 0), "SIGINT");
      });
    },
  });
  const { exitCode, output } = await running;
  expect([exitCode, output]).toEqual([1, expect.stringMatching(/terraform was interrupted.*code: aborted/)]);
  expect(world.sandbox.zones.recordSets("example.gov").filter(({ type }) => type === "TXT")).toEqual([]);
  // the order, for the next apply
  expect(readdirSync(join(world.folder, "state/journal"))).toHaveLength(1);
  expect(acm().all()).toEqual([]);
});

test.each([
  ["all names are others", {}, { domain_names: '["other.example.gov"]' }, ""],
  [
    "an RSA key loses a usage",
    { key_algorithm: '"RSA_2048"' },
    { key_algorithm: '"RSA_2048"' },
    ', profile = "tlsserver"',
  ],
])("what ACM would not take under the same ARN is replaced: %s", async (_, before, after, inIssuer) => {
  await start();
  const { project, first } = await applied(before);
  await rewrite(project, { ...after, issuer: issuerArgument(world.sandbox, inIssuer) });
  expect(await actionsOf(project)).toEqual(["create", "delete"]);
  await project.apply();
  expect((await project.attributes(address)).arn).not.toBe(first.arn);
  expect(acm().all()).toHaveLength(1);
  await project.expectEmptyPlan();
});

test("drift: deleted by hand, it is created again; with other names imported over it, it is issued again", async () => {
  await start();
  const { project, first } = await applied();
  const { endpointUrl, region, accessKeyId, secretAccessKey } = world.sandbox.aws;
  const aws = new AwsAccess({ region, endpointUrl, credentials: { accessKeyId, secretAccessKey } });
  const ca = await createTestCa();
  const strange = await materialOf(ca, { names: ["app.example.gov", "strange.example.gov"] });
  await aws.certificates().reimport(String(first.arn), strange);
  expect(await actionsOf(project)).toEqual(["update"]);
  await project.apply();
  const second = await project.attributes(address);
  expect(second).toMatchObject({ arn: first.arn, domain_names: first.domain_names, renewal_reason: "changed" });
  await project.expectEmptyPlan();

  await aws.certificates().delete(String(first.arn));
  aws.close();
  expect(await actionsOf(project)).toEqual(["create"]);
  await project.apply();
  expect(acm().all()).toHaveLength(1);
});

test("the credentials of another account are told, with both accounts, and nothing is forgotten", async () => {
  await start();
  const { project, first } = await applied();
  const other = new AwsAccount({ accountId: "999988887777" });
  world.sandbox.account.addNeighbour(other);
  const { accessKeyId, secretAccessKey } = other.createAccessKey("stranger");
  const environment = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const { exitCode, output } = await project.run(["plan", "-no-color"], { environment });
  expect([exitCode, output]).toEqual([1, expect.stringMatching(/111122223333.*999988887777.*code: aws_wrong_account/)]);
  expect((await project.attributes(address)).arn).toBe(first.arn);
  await project.expectEmptyPlan();
});

test("a region of its own: made, read, renewed by import and destroyed there", async () => {
  await start();
  const { project, first } = await applied({ region: '"eu-west-1"' });
  expect(first).toMatchObject({ region: "eu-west-1", arn: expect.stringContaining(":eu-west-1:") as string });
  await project.expectEmptyPlan();
  await project.succeed(["state", "rm", address]);
  await project.import(address, String(first.arn));
  expect(await actionsOf(project)).toEqual(["update"]);
  await project.apply("saved.plan");
  expect(await project.attributes(address)).toMatchObject({ arn: first.arn, renewal_reason: "imported" });
  await project.destroy();
  expect(world.sandbox.account.region("eu-west-1").acm.all()).toEqual([]);
});

test("the answer to the import is lost and the listing lags: it is found, and there is one certificate", async () => {
  await start({ faults: { ...faultProfiles.calm, aws: { ...faultProfiles.calm.aws, listingLagMs: 3_000 } } });
  world.sandbox.gate.set({ part: "aws", operation: "ImportCertificate", nth: 1, action: "break-after" });
  const { project, first } = await applied();
  expect(
    acm()
      .all()
      .map(({ arn }) => arn),
  ).toEqual([first.arn]);
  await project.expectEmptyPlan();
});
