/** The policy by real terraform: a plan that it denies, one that a waiver lets pass, and what is known at apply only. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { importPaidCertificate } from "../support/examples/made-before";
import { block } from "../support/hcl";
import { issuerArgument, startProviderWorld, type ProviderWorld } from "../support/provider-world";
import { createHttpsListener } from "../support/query-client";

let world: ProviderWorld;
beforeAll(async () => {
  world = await startProviderWorld();
});
afterAll(() => world.close());

const certificate = (label: string, key: string) =>
  block(`resource "unexpired_certificate" "${label}"`, {
    name: `"stack/${label}"`,
    domain_names: '["app.example.gov"]',
    issuer: issuerArgument(world.sandbox),
    zones: '[{ name = "example.gov" }]',
    key_algorithm: `"${key}"`,
  });

const policyWith = (...lines: readonly string[]) =>
  [
    "owners: [{ name: web, contact: web@example.gov, names: ['*.example.gov'] }]",
    "certificates: [{ owners: [web], keyAlgorithms: [EC_prime256v1] }]",
    "attachments: [{ owners: [web], loadBalancers: ['pay-*'] }]",
    ...lines,
  ].join("\n");

const onRecord = () =>
  readFileSync(join(world.folder, "state/ledger.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly event: string; readonly subject: { readonly rule?: string } })
    .filter(({ subject }) => subject.rule !== undefined)
    .map(({ event, subject }) => `${event} ${subject.rule ?? ""}`);

test("denied at plan, waived at plan, and an attachment denied once its certificate is there", async () => {
  const certificateArn = await importPaidCertificate(world.sandbox, "other.example.gov");
  const listenerArn = await createHttpsListener(world.sandbox.aws, {
    loadBalancerArn: world.sandbox.loadBalancers.get("web") ?? "",
    certificateArn,
  });
  const project = await world.project(certificate("web", "RSA_2048"), { UNEXPIRED_POLICY: "policy.yaml" });
  await project.write({ "policy.yaml": policyWith() });

  const denied = await project.plan();
  expect(denied.exitCode).toBe(1);
  expect(denied.output).toContain('Error: the policy does not allow certificate "stack/web"');
  expect(denied.output).toContain(
    "a key RSA_2048 is not allowed, only EC_prime256v1 (policy/key-algorithm-not-allowed, policy.yaml:2); set the key algorithm to EC_prime256v1",
  );
  expect(denied.output).toMatch(/on main\.tf line \d+, in resource "unexpired_certificate" "web"/);

  const waiver =
    "{ rule: policy/key-algorithm-not-allowed, names: [app.example.gov], owner: web, reason: old phones, until: 2999-01-01 }";
  await project.write({ "policy.yaml": policyWith(`waivers: [${waiver}]`) });
  const rollout = `resource "unexpired_rollout" "web" {
    listener_arn    = "${listenerArn}"
    certificate_arn = unexpired_certificate.web.arn
  }`;
  await project.write({ "rollout.tf": rollout });
  const applied = await project.run(["apply", "-no-color", "-input=false", "-auto-approve"]);
  expect(applied.output).toContain("waived until 2999-01-01 by web: old phones (policy.yaml:4)");
  expect(applied.output).toContain(`the policy does not allow the rollout to ${listenerArn}`);
  expect(applied.output).toContain(
    "the load balancer web is not allowed, only pay-* (policy/load-balancer-not-allowed",
  );
  expect(applied.exitCode).toBe(1);
  expect((await project.attributes("unexpired_certificate.web")).key_algorithm).toBe("RSA_2048");
  expect(world.sandbox.account.region().elb.findListener(listenerArn)?.defaultCertificateArn).toBe(certificateArn);
  expect(onRecord()).toEqual([
    "policy.denied policy/key-algorithm-not-allowed",
    "waiver.used policy/key-algorithm-not-allowed",
    "policy.denied policy/load-balancer-not-allowed",
  ]);
});

test("a policy that is not there stops every plan", async () => {
  const project = await world.project(certificate("none", "EC_prime256v1"), { UNEXPIRED_POLICY: "none.yaml" });
  const { exitCode, output } = await project.plan();
  expect(exitCode).toBe(1);
  expect(output).toContain("cannot read the policy file: ENOENT");
});
