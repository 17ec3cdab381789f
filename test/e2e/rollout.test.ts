/** `unexpired_rollout` on listeners of the sandbox, by real terraform. */
import { block } from "../support/hcl";
import { issuerArgument, startProviderWorld, type ProviderWorld } from "../support/provider-world";
import { createHttpsListener } from "../support/query-client";
import type { TerraformProject } from "../support/terraform";

let world: ProviderWorld;
afterEach(() => world.close());

const certificate = (label: string) =>
  block(`resource "unexpired_certificate" "${label}"`, {
    name: `"stack/${label}"`,
    domain_names: '["app.example.gov"]',
    issuer: issuerArgument(world.sandbox),
    zones: '[{ name = "example.gov" }]',
  }).replace(/\}\n$/, "  lifecycle { create_before_destroy = true }\n}\n");

const rollout = (listenerArn: string, certificateLabel: string, more = "") => `
resource "unexpired_rollout" "web" {
  listener_arn    = "${listenerArn}"
  certificate_arn = unexpired_certificate.${certificateLabel}.arn
  ${more}
}`;

/** A listener that serves a certificate of somebody else. */
async function sharedListener(): Promise<{ listenerArn: string; theirs: string }> {
  const project = await world.project(certificate("theirs"));
  await project.apply();
  const theirs = String((await project.attributes("unexpired_certificate.theirs")).arn);
  const loadBalancerArn = world.sandbox.loadBalancers.get("web") ?? "";
  const listenerArn = await createHttpsListener(world.sandbox.aws, {
    loadBalancerArn,
    certificateArn: theirs,
    port: 443,
  });
  return { listenerArn, theirs };
}

const served = (listenerArn: string) => {
  const listener = world.sandbox.account.region().elb.findListener(listenerArn);
  return { defaultArn: listener?.defaultCertificateArn, sniArns: [...(listener?.sniCertificateArns ?? [])] };
};

/** A project whose resources can be changed. */
async function stackOf(resources: string) {
  const project = await world.project("");
  const write = (text: string) => project.write({ "stack.tf": text });
  await write(resources);
  return { project, write };
}

const arnOf = async (project: TerraformProject, label: string) =>
  String((await project.attributes(`unexpired_certificate.${label}`)).arn);

test("takes the default over, follows its own certificate, and puts back what was there", async () => {
  world = await startProviderWorld();
  const { listenerArn, theirs } = await sharedListener();
  const { project, write } = await stackOf(certificate("one") + rollout(listenerArn, "one"));
  const first = await project.apply();
  expect(first.output).toContain(`${theirs} is the default of ${listenerArn} no more`);
  await project.expectEmptyPlan();
  const one = await arnOf(project, "one");
  expect(served(listenerArn)).toEqual({ defaultArn: one, sniArns: [theirs] });

  await write(certificate("two") + rollout(listenerArn, "two"));
  await project.apply();
  await project.expectEmptyPlan();
  expect(served(listenerArn)).toEqual({ defaultArn: await arnOf(project, "two"), sniArns: [theirs] });

  await project.destroy();
  expect(served(listenerArn)).toEqual({ defaultArn: theirs, sniArns: [theirs] });
});

test("in the SNI list it adds and removes its own entry; one removed by hand is put back", async () => {
  world = await startProviderWorld();
  const { listenerArn, theirs } = await sharedListener();
  const sni = (label: string) => certificate(label) + rollout(listenerArn, label, 'role = "sni"');
  const { project, write } = await stackOf(sni("one"));
  await project.apply();
  await project.expectEmptyPlan();
  const one = await arnOf(project, "one");
  expect(served(listenerArn)).toEqual({ defaultArn: theirs, sniArns: [one] });

  const balancers = world.access().loadBalancers();
  await balancers.removeListenerCertificate(listenerArn, one);
  expect((await project.plan()).exitCode).toBe(2);
  await project.apply();
  expect(served(listenerArn).sniArns).toEqual([one]);

  await write(sni("two"));
  await project.apply();
  expect(served(listenerArn)).toEqual({ defaultArn: theirs, sniArns: [await arnOf(project, "two")] });
  await project.destroy();
  expect(served(listenerArn)).toEqual({ defaultArn: theirs, sniArns: [] });
});

test("a default changed by hand is drift, and is set again", async () => {
  world = await startProviderWorld();
  const { listenerArn, theirs } = await sharedListener();
  const { project } = await stackOf(certificate("one") + rollout(listenerArn, "one"));
  await project.apply();
  await world.access().loadBalancers().modifyDefaultCertificate(listenerArn, theirs);
  expect((await project.plan()).output).toContain("unexpired_rollout.web will be updated in-place");
  await project.apply();
  expect(served(listenerArn).defaultArn).toBe(await arnOf(project, "one"));
});

test("is imported by its listener", async () => {
  world = await startProviderWorld();
  const { listenerArn } = await sharedListener();
  const { project } = await stackOf(certificate("one"));
  await project.apply();
  const one = await arnOf(project, "one");
  await world.access().loadBalancers().modifyDefaultCertificate(listenerArn, one);
  await project.write({ "rollout.tf": rollout(listenerArn, "one") });
  await project.import("unexpired_rollout.web", listenerArn);
  await project.expectEmptyPlan();
});

test.each([
  [
    "an ARN that is no listener's",
    'listener_arn = "arn:aws:elasticloadbalancing:x"',
    "is not the ARN of an ALB or NLB listener",
  ],
  ["no listener", "", "neither, or both, of listener_arn and classic_listener are set"],
  [
    "SNI on a Classic Load Balancer",
    'classic_listener = { load_balancer_name = "web", port = 443 }\n  role = "sni"',
    "a Classic Load Balancer serves one certificate per listener",
  ],
])("%s is told before anything is done", async (_, wrong, message) => {
  world = await startProviderWorld();
  const arn = "arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555";
  const { project } = await stackOf(
    `resource "unexpired_rollout" "web" {\n  certificate_arn = "${arn}"\n  ${wrong}\n}\n`,
  );
  const { exitCode, output } = await project.run(["validate", "-no-color"]);
  expect(exitCode).toBe(1);
  expect(output.replace(/\s+/g, " ")).toContain(message);
});
