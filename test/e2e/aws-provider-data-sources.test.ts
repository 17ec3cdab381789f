/** Data sources of the stand-in for hashicorp/aws under real terraform. */
import { materialOf, startEmulatedAws, type EmulatedAws } from "../support/emulated-aws";
import { createHttpsListener } from "../support/query-client";
import { standInProjects, type StandInProjects } from "../support/stand-in-projects";
import type { TerraformProject } from "../support/terraform";
import { createTestCa, type TestCa, type TestLeafOptions } from "../support/test-certificates";

let ca: TestCa;
let emulated: EmulatedAws;
let projects: StandInProjects;

beforeAll(async () => {
  ca = await createTestCa();
});

beforeEach(async () => {
  emulated = await startEmulatedAws();
  projects = standInProjects(emulated);
});

afterEach(async () => {
  await projects.close();
  await emulated.close();
});

async function importLeaf(options: TestLeafOptions): Promise<string> {
  const material = await materialOf(ca, options);
  return emulated
    .access()
    .certificates()
    .importNew({ ...material, tags: { team: "web" } });
}

async function outputs(terraform: TerraformProject): Promise<Readonly<Record<string, unknown>>> {
  const { values } = (await terraform.show()) as {
    readonly values: { readonly outputs: Readonly<Record<string, { readonly value: unknown }>> };
  };
  return Object.fromEntries(Object.entries(values.outputs).map(([name, { value }]) => [name, value]));
}

test("account, region and partition", async () => {
  const terraform = await projects.open(`
    data "aws_caller_identity" "me" {}
    data "aws_region" "here" {}
    data "aws_region" "there" { region = "eu-west-1" }
    data "aws_partition" "this" {}
    output "account" { value = data.aws_caller_identity.me.account_id }
    output "arn" { value = data.aws_caller_identity.me.arn }
    output "regions" { value = [data.aws_region.here.region, data.aws_region.there.description] }
    output "partition" { value = "\${data.aws_partition.this.partition} \${data.aws_partition.this.dns_suffix}" }`);
  await terraform.apply();
  await terraform.expectEmptyPlan();
  expect(await outputs(terraform)).toEqual({
    account: "111122223333",
    arn: "arn:aws:iam::111122223333:user/operator",
    regions: ["us-east-1", "Europe (Ireland)"],
    partition: "aws amazonaws.com",
  });
});

test("a load balancer by name and a listener by port, made elsewhere; an entry in its list from here", async () => {
  const { arn: loadBalancerArn } = emulated.account.createLoadBalancer({ name: "shared" });
  const certificateArn = await importLeaf({ names: ["shared.example.gov"] });
  const added = await importLeaf({ names: ["app.example.gov"] });
  const listenerArn = await createHttpsListener(emulated.aws, { loadBalancerArn, certificateArn });
  const terraform = await projects.open(`
    data "aws_lb" "shared" { name = "shared" }
    data "aws_lb_listener" "https" {
      load_balancer_arn = data.aws_lb.shared.arn
      port              = 443
    }
    data "aws_lb_listener" "same" { arn = data.aws_lb_listener.https.arn }
    resource "aws_lb_listener_certificate" "app" {
      listener_arn    = data.aws_lb_listener.https.arn
      certificate_arn = "${added}"
    }
    output "balancer" {
      value = [data.aws_lb.shared.load_balancer_type, data.aws_lb.shared.idle_timeout, data.aws_lb.shared.zone_id]
    }
    output "listener" { value = [data.aws_lb_listener.same.protocol, data.aws_lb_listener.same.certificate_arn] }
    output "action" { value = data.aws_lb_listener.same.default_action[0].fixed_response[0].message_body }`);
  await terraform.apply();
  await terraform.expectEmptyPlan();
  expect(await outputs(terraform)).toEqual({
    balancer: ["application", 60, "Z35SXDOTRQ7X7K"],
    listener: ["HTTPS", certificateArn],
    action: "hello & welcome",
  });
  const entries = await emulated.access().loadBalancers().listListenerCertificates(listenerArn);
  expect(entries.sniCertificateArns).toEqual([added]);

  await terraform.write(projects.mainFile('data "aws_lb" "gone" { name = "gone" }'));
  expect((await terraform.plan()).output).toContain("gone was not found by elasticloadbalancing:DescribeLoadBalancers");
  await terraform.write(projects.mainFile('data "aws_lb_listener" "none" { port = 443 }'));
  expect((await terraform.plan()).output).toContain("arn, or load_balancer_arn and port, must be set");
});

test("a certificate by its domain: of EC keys only where they are named, the newest of several where it is said", async () => {
  const names = ["app.example.gov"];
  const newest = await importLeaf({ names, notBefore: new Date("2026-06-01") });
  await importLeaf({ names, notBefore: new Date("2026-01-01") });
  const rsa = await importLeaf({ names: ["old.example.gov"], key: "RSA_2048" });
  const looking = (body: string) =>
    projects.mainFile(`
    data "aws_acm_certificate" "found" {
      ${body}
    }
    output "arn" { value = data.aws_acm_certificate.found.arn }
    output "tags" { value = data.aws_acm_certificate.found.tags }`);
  const terraform = await projects.open("");
  await terraform.write(looking('domain = "old.example.gov"'));
  await terraform.apply();
  expect(await outputs(terraform)).toEqual({ arn: rsa, tags: { team: "web" } });

  await terraform.write(looking('domain = "app.example.gov"'));
  expect((await terraform.plan()).output).toContain("no ACM certificate matches domain app.example.gov");
  const keys = 'domain = "app.example.gov"\n key_types = ["EC_prime256v1"]'.replaceAll("\\\n", "\n");
  await terraform.write(looking(keys));
  expect((await terraform.plan()).output).toContain("more than one ACM certificate matches domain app.example.gov");
  await terraform.write(looking(`${keys}\n types = ["IMPORTED"]\n most_recent = true`));
  await terraform.apply();
  await terraform.expectEmptyPlan();
  expect(await outputs(terraform)).toMatchObject({ arn: newest });
});

test("a hosted zone by its name, which is made in the same apply", async () => {
  const terraform = await projects.open(`
    resource "aws_route53_zone" "made" { name = "example.org" }
    data "aws_route53_zone" "found" {
      name       = "example.org"
      depends_on = [aws_route53_zone.made]
    }
    output "same" { value = data.aws_route53_zone.found.zone_id == aws_route53_zone.made.zone_id }
    output "sets" { value = data.aws_route53_zone.found.resource_record_set_count }`);
  await terraform.apply();
  await terraform.expectEmptyPlan();
  expect(await outputs(terraform)).toEqual({ same: true, sets: 2 });
  await terraform.write(projects.mainFile('data "aws_route53_zone" "none" { name = "example.com" }'));
  expect((await terraform.plan()).output).toContain("no Route 53 hosted zone matches example.com");
});
