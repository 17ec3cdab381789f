/** `unexpired_certificate` beside others: users of the certificate, other provider configurations, other states. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { block } from "../support/hcl";
import { letsEncryptProfiles } from "../../src/sandbox/acme-ca/profiles";
import { issuerArgument, nameServersOf, startProviderWorld, type ProviderWorld } from "../support/provider-world";
import { createHttpsListener } from "../support/query-client";

let world: ProviderWorld;
const start = async (options: Parameters<typeof startProviderWorld>[0] = {}) =>
  (world = await startProviderWorld(options));
afterEach(() => world.close());

const address = "unexpired_certificate.web";

const certificate = (label: string, more: Readonly<Record<string, string>> = {}, issuer = "") =>
  block(`resource "unexpired_certificate" "${label}"`, {
    name: `"stack/${label}"`,
    domain_names: `["${label}.example.gov"]`,
    issuer: issuerArgument(world.sandbox, issuer),
    zones: '[{ name = "example.gov" }]',
    ...more,
  });

const inAcm = () => world.sandbox.account.region().acm.all();

test("destroy waits for as long as it may, then names who uses the certificate, and forgets nothing", async () => {
  await start();
  const project = await world.project(certificate("web", { timeouts: '{ delete = "2s" }' }));
  await project.apply();
  const { arn } = await project.attributes(address);
  const loadBalancerArn = world.sandbox.loadBalancers.get("web") ?? "";
  await createHttpsListener(world.sandbox.aws, { loadBalancerArn, certificateArn: String(arn), port: 443 });
  const { exitCode, output } = await project.run(["destroy", "-no-color", "-auto-approve"]);
  expect(exitCode).toBe(1);
  expect(output).toContain(loadBalancerArn);
  expect(output).toContain("code: aws_in_use");
  expect(inAcm()).toHaveLength(1);
  expect((await project.attributes(address)).arn).toBe(arn);
});

test("two provider configurations at once make one ACME account", async () => {
  await start();
  const { files } = world.sandbox;
  const alias = block('provider "unexpired"', {
    alias: '"other"',
    edge_dns: `{ edgerc = "${files.edgerc}", ca_file = "${files.edgeDnsCaFile}" }`,
    name_servers: JSON.stringify(nameServersOf(world.sandbox)),
  });
  const project = await world.project(alias + certificate("web") + certificate("api", { provider: "unexpired.other" }));
  await project.apply();
  expect(inAcm()).toHaveLength(2);
  expect(world.sandbox.acme.accountCount()).toBe(1);
  await project.expectEmptyPlan();
});

test("two states with one certificate: who comes second takes it over, and the first is told before an order", async () => {
  await start();
  const first = await world.project(certificate("web"));
  await first.apply();
  const { arn } = await first.attributes(address);
  const second = await world.project(certificate("web"));
  await second.import(address, String(arn));
  await second.apply();
  const orders = world.sandbox.acme.orders().length;
  const main = readFileSync(join(first.folder, "main.tf"), "utf8");
  await first.write({ "main.tf": main.replace('"web.example.gov"', '"web.example.gov", "www.example.gov"') });
  const { exitCode, output } = await first.run(["apply", "-no-color", "-auto-approve"]);
  expect(exitCode).toBe(1);
  expect(output).toContain("was taken over by another resource or state");
  expect(output).toContain("code: certificate_duplicate");
  expect(world.sandbox.acme.orders()).toHaveLength(orders);
  await second.expectEmptyPlan();
});

test("a re-import that ACM refuses costs one order: the next plan replaces the certificate", async () => {
  const { classic, tlsserver } = letsEncryptProfiles;
  await start({ profiles: { full: classic, lean: tlsserver } });
  const project = await world.project(certificate("web", { key_algorithm: '"RSA_2048"' }, ', profile = "full"'));
  await project.apply();
  const { arn } = await project.attributes(address);
  const main = readFileSync(join(project.folder, "main.tf"), "utf8");
  await project.write({ "main.tf": main.replace('profile = "full"', 'profile = "lean"') });
  const refused = await project.run(["apply", "-no-color", "-auto-approve"]);
  expect(refused.output).toContain("code: certificate_reimport_refused");
  expect(inAcm().map((record) => record.arn)).toEqual([arn]);

  const { output } = await project.plan();
  expect(output).toMatch(/unexpired_certificate\.web must be\s+replaced/);
  await project.apply();
  expect(world.sandbox.acme.orders()).toHaveLength(3);
  expect(inAcm()).toHaveLength(1);
  expect(inAcm()[0]?.arn).not.toBe(arn);
  await project.expectEmptyPlan();
});
