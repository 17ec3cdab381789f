/** `unexpired_certificate` by real terraform, against the sandbox: the whole life of a certificate. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sleep } from "../../src/platform/clock";
import { secondsProfile } from "../../src/sandbox/acme-ca/profiles";
import { faultProfiles, sandboxProfiles } from "../../src/sandbox/sandbox-options";
import { issuerArgument, startProviderWorld, type ProviderWorld } from "../support/provider-world";
import type { TerraformProject } from "../support/terraform";

let world: ProviderWorld;
const start = async (options: Parameters<typeof startProviderWorld>[0] = {}) =>
  (world = await startProviderWorld({ profiles: { ...sandboxProfiles, brief: secondsProfile(45) }, ...options }));
afterEach(() => world.close());

const address = "unexpired_certificate.web";

const certificate = (more = "", issuer = "", names = '["app.example.gov", "*.app.example.gov"]') => `
resource "unexpired_certificate" "web" {
  name         = "stack/web"
  domain_names = ${names}
  issuer       = ${issuerArgument(world.sandbox, issuer)}
  zones        = [{ name = "example.gov" }]
  ${more}
  lifecycle { create_before_destroy = true }
}
`;

const records = () => world.sandbox.account.region().acm.all();

async function change(project: TerraformProject, from: string, to: string) {
  const main = join(project.folder, "main.tf");
  const text = readFileSync(main, "utf8");
  expect(text).toContain(from);
  writeFileSync(main, text.replace(from, to));
}

/** Actions of a plan by address, without no-ops and reads. */
async function plannedActions(project: TerraformProject): Promise<Record<string, string[]>> {
  await project.succeed(["plan", "-no-color", "-out=saved.plan"]);
  const plan = (await project.show("saved.plan")) as {
    resource_changes?: { address: string; change: { actions: string[] } }[];
  };
  return Object.fromEntries(
    (plan.resource_changes ?? [])
      .filter(({ change }) => !["no-op", "read"].includes(change.actions[0] ?? ""))
      .map(({ address, change }) => [address, change.actions]),
  );
}

test("create, plan twice, due, renew in place under the same ARN, plan again, destroy", async () => {
  await start();
  const project = await world.project(certificate("", ', profile = "brief"'));
  await project.apply();
  const first = await project.attributes(address);
  expect(first).toMatchObject({ renewal_reason: "created", region: "us-east-1", key_algorithm: "EC_prime256v1" });
  await project.expectEmptyPlan();

  await sleep(new Date(String(first.renew_at)).getTime() - Date.now() + 1_000);
  expect(await plannedActions(project)).toEqual({ [address]: ["update"] });
  await project.apply();
  const second = await project.attributes(address);
  expect(second.arn).toBe(first.arn);
  expect(second.serial).not.toBe(first.serial);
  await project.expectEmptyPlan();

  await project.destroy();
  expect(records()).toEqual([]);
  expect(world.sandbox.zones.recordSet("example.gov", "_acme-challenge.app.example.gov", "TXT")).toBeUndefined();
});

test("what a change does: names, tags, order of names, key algorithm", async () => {
  await start();
  const project = await world.project(certificate('tags = { team = "web" }'));
  await project.apply();
  const first = await project.attributes(address);

  await change(project, '["app.example.gov", "*.app.example.gov"]', '["*.app.example.gov", "app.example.gov"]');
  await change(project, 'team = "web"', 'team = "platform"');
  await project.apply();
  const retagged = await project.attributes(address);
  expect(retagged).toMatchObject({ arn: first.arn, serial: first.serial, tags: { team: "platform" } });
  await project.expectEmptyPlan();

  await change(project, '"app.example.gov"]', '"app.example.gov", "api.example.gov"]');
  expect(await plannedActions(project)).toEqual({ [address]: ["update"] });
  await project.apply();
  const renamed = await project.attributes(address);
  expect(renamed.arn).toBe(first.arn);
  expect(renamed.serial).not.toBe(first.serial);

  await change(project, "zones  ", 'key_algorithm = "RSA_2048"\n  zones  ');
  expect(await plannedActions(project)).toEqual({ [address]: ["create", "delete"] });
  await project.apply();
  expect((await project.attributes(address)).arn).not.toBe(first.arn);
  expect(records()).toHaveLength(1);
  await project.expectEmptyPlan();
});

test("import: the first plan re-issues in place and says why", async () => {
  await start();
  const maker = await world.project(certificate());
  await maker.apply();
  const { arn, serial } = await maker.attributes(address);
  const project = await world.project(certificate());
  await project.import(address, String(arn));
  const { output } = await project.plan();
  expect(output).toContain("its key and issuer are not known");
  await project.apply();
  const taken = await project.attributes(address);
  expect(taken.arn).toBe(arn);
  expect(taken.serial).not.toBe(serial);
  await project.expectEmptyPlan();
  // The maker's generation is gone from it, so its destroy leaves the certificate alone.
  const { output: destroyed } = await maker.destroy();
  expect(destroyed).toContain("was left in ACM");
  expect(records()).toHaveLength(1);
});

test("everything hostile: the life of a certificate goes the same way", async () => {
  await start({ faults: faultProfiles.hostile });
  const project = await world.project(certificate());
  await project.apply();
  await project.expectEmptyPlan();
  await change(project, '"*.app.example.gov"]', '"*.app.example.gov", "api.example.gov"]');
  await project.apply();
  await project.expectEmptyPlan();
  await project.destroy();
  expect(records()).toEqual([]);
});
