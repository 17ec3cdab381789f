/** The stand-in for hashicorp/aws under real terraform, against the emulated AWS; and our constructs through it. */
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Testing } from "cdktf";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListenerAttachment, ManagedCertificate } from "../../constructs";
import { serveReattach, type ReattachedProvider } from "../../src/provider/plugin/serve-reattach";
import { createAwsStandIn } from "../../src/sandbox/aws-provider/aws-stand-in";
import { hostile } from "../../src/sandbox/aws/aws-faults";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../support/emulated-aws";
import { awsEnvironment, installBuiltProviders } from "../support/provider-world";
import { makeStack } from "../support/synthesize-stack";
import { TerraformProject } from "../support/terraform";
import { createTestCa, type TestCa } from "../support/test-certificates";

let ca: TestCa;
let emulated: EmulatedAws;
let loadBalancerArn: string;
let certificates: { web: string; api: string; next: string };
const cleanups: (() => Promise<void>)[] = [];

beforeAll(async () => {
  ca = await createTestCa();
});

beforeEach(async () => {
  emulated = await startEmulatedAws();
  loadBalancerArn = emulated.account.createLoadBalancer({ name: "web" }).arn;
  const imported = async (name: string) =>
    emulated
      .access()
      .certificates()
      .importNew({ ...(await materialOf(ca, { names: [name] })), tags: {} });
  certificates = {
    web: await imported("app.example.gov"),
    api: await imported("api.example.gov"),
    next: await imported("app.example.gov"),
  };
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await emulated.close();
});

const fixedResponse = `default_action {
  type = "fixed-response"
  fixed_response {
    content_type = "text/plain"
    message_body = "no such site"
    status_code  = "404"
  }
}`;

function configuration(listener: string, rest = ""): string {
  const { region, accessKeyId, secretAccessKey } = emulated.aws;
  return `
    provider "aws" {
      region     = "${region}"
      access_key = "${accessKeyId}"
      secret_key = "${secretAccessKey}"
    }
    resource "aws_lb_listener" "https" {
      load_balancer_arn = "${loadBalancerArn}"
      ${listener}
    }
    ${rest}`;
}

const https = (certificateArn: string) => `
  port            = 443
  protocol        = "HTTPS"
  certificate_arn = "${certificateArn}"
  ${fixedResponse}`;

const entry = (certificateArn: string) => `
  resource "aws_lb_listener_certificate" "api" {
    listener_arn    = aws_lb_listener.https.arn
    certificate_arn = "${certificateArn}"
    lifecycle { create_before_destroy = true }
  }`;

/** The stand-in in this process. */
async function project(main: string): Promise<TerraformProject> {
  const provider: ReattachedProvider = await serveReattach(
    createAwsStandIn({ AWS_ENDPOINT_URL: emulated.aws.endpointUrl }),
  );
  const made = await TerraformProject.create({ files: { "main.tf": main }, reattach: provider.reattach });
  cleanups.push(
    () => provider.close(),
    () => made.remove(),
  );
  return made;
}

const balancers = () => emulated.access().loadBalancers();
const listeners = () => balancers().describeListeners({ loadBalancerArn });
const arnOf = async (terraform: TerraformProject) => String((await terraform.attributes("aws_lb_listener.https")).arn);

test("creates a listener with a second certificate, and plans nothing afterwards", async () => {
  const terraform = await project(configuration(https(certificates.web), entry(certificates.api)));
  await terraform.apply();
  await terraform.expectEmptyPlan();

  const arn = await arnOf(terraform);
  expect(await listeners()).toEqual([
    { arn, loadBalancerArn, port: 443, protocol: "HTTPS", defaultCertificateArn: certificates.web },
  ]);
  expect(await balancers().listListenerCertificates(arn)).toEqual({
    defaultCertificateArn: certificates.web,
    sniCertificateArns: [certificates.api],
  });
  expect(await terraform.attributes("aws_lb_listener.https")).toMatchObject({
    id: arn,
    region: "us-east-1",
    ssl_policy: "ELBSecurityPolicy-2016-08",
    tags: null,
    tags_all: {},
  });
  expect(await terraform.attributes("aws_lb_listener_certificate.api")).toMatchObject({
    id: `${arn}_${certificates.api}`,
    region: "us-east-1",
  });

  await terraform.destroy();
  expect(await listeners()).toEqual([]);
});

test("survives a hostile AWS", async () => {
  emulated.account.faults = hostile;
  const terraform = await project(configuration(https(certificates.web), entry(certificates.api)));
  await terraform.apply();
  await terraform.expectEmptyPlan();
  await terraform.destroy();
});

test("a new default certificate is an update in place; a new entry comes before the old one goes", async () => {
  const terraform = await project(configuration(https(certificates.web), entry(certificates.api)));
  await terraform.apply();
  const arn = await arnOf(terraform);

  await terraform.write({ "main.tf": configuration(https(certificates.next), entry(certificates.web)) });
  const plan = await terraform.plan();
  expect(plan.output).toContain("aws_lb_listener.https will be updated in-place");
  expect(plan.output).toContain("aws_lb_listener_certificate.api must be replaced");
  expect(plan.output).toContain("1 to add, 1 to change, 1 to destroy");
  await terraform.apply();
  await terraform.expectEmptyPlan();

  expect(await arnOf(terraform)).toBe(arn);
  const asked = emulated.gate.history.map(({ operation }) => operation);
  expect(asked.lastIndexOf("AddListenerCertificates")).toBeLessThan(asked.indexOf("RemoveListenerCertificates"));
  const { defaultCertificateArn, sniCertificateArns } = await balancers().listListenerCertificates(arn);
  expect(defaultCertificateArn).toBe(certificates.next);
  expect(sniCertificateArns).toContain(certificates.web);
  expect(sniCertificateArns).not.toContain(certificates.api);
});

test("what is removed by hand is made again", async () => {
  const terraform = await project(configuration(https(certificates.web), entry(certificates.api)));
  await terraform.apply();
  const arn = await arnOf(terraform);

  await balancers().removeListenerCertificate(arn, certificates.api);
  expect((await terraform.plan()).output).toContain("1 to add, 0 to change, 0 to destroy");

  await balancers().modifyDefaultCertificate(arn, certificates.next);
  expect((await terraform.plan()).output).toContain("1 to add, 1 to change, 0 to destroy");
  await terraform.apply();
  expect((await listeners())[0]?.defaultCertificateArn).toBe(certificates.web);

  await terraform.destroy("-target=aws_lb_listener.https");
  expect(await listeners()).toEqual([]);
});

test("tags, order and status can be changed in place", async () => {
  const tagged = (tags: string) => configuration(`${https(certificates.web)}\n tags = ${tags}`);
  const terraform = await project(tagged('{ team = "web", stage = "test" }'));
  await terraform.apply();
  await terraform.expectEmptyPlan();
  await terraform.write({ "main.tf": tagged('{ team = "api" }') });
  await terraform.apply();
  await terraform.expectEmptyPlan();
  expect(await terraform.attributes("aws_lb_listener.https")).toMatchObject({
    tags: { team: "api" },
    tags_all: { team: "api" },
  });
});

test("a redirect with its defaults", async () => {
  const redirect = `port = 80
    protocol = "HTTP"
    default_action {
      type = "redirect"
      redirect {
        port        = "443"
        protocol    = "HTTPS"
        status_code = "HTTP_301"
      }
    }`;
  const terraform = await project(configuration(redirect));
  await terraform.apply();
  await terraform.expectEmptyPlan();
});

test("both types can be imported", async () => {
  const main = configuration(https(certificates.web), entry(certificates.api));
  const first = await project(main);
  await first.apply();
  const arn = await arnOf(first);

  const second = await project(main);
  await second.import("aws_lb_listener.https", arn);
  await second.import("aws_lb_listener_certificate.api", `${arn}_${certificates.api}`);
  await second.expectEmptyPlan();
});

describe("refuses", () => {
  test.each<[string, () => string, string]>([
    [
      "what it does not implement",
      () => `${https(certificates.web)}\n mutual_authentication { mode = "off" }\n tcp_idle_timeout_seconds = 60`,
      "mutual_authentication is not implemented by the sandbox's stand-in for hashicorp/aws",
    ],
    [
      "an action without its block",
      () => 'port = 80\n protocol = "HTTP"\n default_action { type = "fixed-response" }',
      "default_action.0.fixed_response must be set for type fixed-response",
    ],
    ["no action", () => "port = 80", 'At least 1 "default_action" blocks are required'],
    ["a protocol", () => `protocol = "https"\n ${fixedResponse}`, '"https" is not one of the values allowed here'],
  ])("%s", async (_, listener, message) => {
    const terraform = await project(configuration(listener()));
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(output.replaceAll("Insufficient default_action blocks ", "")).toContain(message);
    expect(emulated.gate.history.filter(({ operation }) => operation.endsWith("Listener"))).toEqual([]);
  });

  test("a certificate that AWS does not know, with nothing left behind", async () => {
    const unknown = certificates.web.replace(/[^/]+$/, "00000000-0000-4000-8000-000000000000");
    const terraform = await project(configuration(https(certificates.web), entry(unknown)));
    await expect(terraform.apply()).rejects.toThrow(/Certificate ARN .* is not valid/);
    await terraform.write({ "main.tf": configuration(https(certificates.web)) });
    await terraform.expectEmptyPlan();
  });
});

test("as a process, from a mirror: what our constructs synthesize is applied, changed and destroyed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "aws-stand-in-"));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  const mirror = await installBuiltProviders(join(folder, "mirror"));

  const synthesized = (defaultArn: string, sniArn: string) => {
    const stack = makeStack();
    new AwsProvider(stack, "aws", { region: emulated.aws.region });
    const listener = new LbListener(stack, "https", {
      loadBalancerArn,
      port: 443,
      protocol: "HTTPS",
      defaultAction: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
    });
    const certificate = ManagedCertificate.fromArn(stack, "web", defaultArn);
    new ListenerAttachment(stack, "default", { certificate, listener });
    const api = ManagedCertificate.fromArn(stack, "api", sniArn);
    new ListenerAttachment(stack, "sni", { certificate: api, listener, role: "sni" });
    return { "cdk.tf.json": Testing.synth(stack, true) };
  };
  const terraform = await TerraformProject.create({
    files: synthesized(certificates.web, certificates.api),
    mirror,
    environment: awsEnvironment(emulated),
  });
  cleanups.push(() => terraform.remove());
  await terraform.init();
  await terraform.apply();
  await terraform.expectEmptyPlan();

  await terraform.write(synthesized(certificates.next, certificates.api));
  // the listener, and the rollout that takes the old default out of its SNI list
  expect((await terraform.plan()).output).toContain("0 to add, 2 to change, 0 to destroy");
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const [found] = await listeners();
  expect(found?.defaultCertificateArn).toBe(certificates.next);

  await terraform.destroy();
  expect(await listeners()).toEqual([]);
});
