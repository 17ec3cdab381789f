/** CloudFront distributions, with the stand-in for hashicorp/aws under real terraform. */
import { parseCertificate } from "../../src/certificates/parse-certificate";
import { shakeHands } from "../../src/rollout/shake-hands";
import { hostile } from "../../src/sandbox/aws/aws-faults";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../support/emulated-aws";
import { standInProjects, type StandInProjects } from "../support/stand-in-projects";
import { createTestCa, type TestCa } from "../support/test-certificates";

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

async function imported() {
  const material = await materialOf(ca, { names: ["www.example.gov"] });
  const arn = await emulated
    .access()
    .certificates()
    .importNew({ ...material, tags: {} });
  return { arn, serial: parseCertificate(material.certificatePem).serial };
}

const distribution = (viewer: string, more = "", inBehavior = "") => `
resource "aws_cloudfront_distribution" "web" {
  enabled = true
  ${more}
  origin {
    origin_id   = "web"
    domain_name = "origin.example.gov"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "web"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD", "OPTIONS"]
    cached_methods         = ["GET", "HEAD"]
    ${inBehavior}
    forwarded_values {
      query_string = true
      cookies { forward = "none" }
    }
  }
  restrictions {
    geo_restriction { restriction_type = "none" }
  }
  viewer_certificate { ${viewer} }
}`;

const viewer = (arn: string) => `
    acm_certificate_arn      = "${arn}"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  `;

const aliases = 'aliases = ["www.example.gov"]';

test("makes a distribution, gives it another certificate in place, takes it over, and removes it", async () => {
  emulated.account.faults = hostile;
  const [first, second] = [await imported(), await imported()];
  const terraform = await projects.open(distribution(viewer(first.arn), `${aliases}\n tags = { team = "web" }`));
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const [made] = emulated.account.distributions.all();
  const arn = made?.arn ?? "";
  expect(await terraform.attributes("aws_cloudfront_distribution.web")).toMatchObject({
    arn,
    domain_name: made?.domainName,
    hosted_zone_id: "Z2FDTNDATAQYW2",
    http_version: "http2",
    status: "Deployed",
    tags_all: { team: "web" },
  });

  await terraform.write(projects.mainFile(distribution(viewer(second.arn), `${aliases}\n comment = "ours"`)));
  const plan = await terraform.plan();
  expect(plan.output).toContain("0 to add, 1 to change, 0 to destroy");
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const address = emulated.account.frontEnd(arn);
  if (address === undefined) throw new Error("no front end");
  const { serial } = await shakeHands({ ...address, serverName: "www.example.gov", ca: ca.rootPem });
  expect(serial).toBe(second.serial);
  expect(made?.tags.size).toBe(0);

  await terraform.succeed(["state", "rm", "aws_cloudfront_distribution.web"]);
  await terraform.import("aws_cloudfront_distribution.web", made?.id ?? "");
  await terraform.expectEmptyPlan();
  await terraform.destroy();
  expect(emulated.account.distributions.all()).toEqual([]);
});

test("a change of tags alone is none of the configuration; the default certificate needs no word", async () => {
  const terraform = await projects.open(distribution(""));
  await terraform.apply();
  await terraform.expectEmptyPlan();
  await terraform.write(projects.mainFile(distribution("", 'tags = { team = "web" }')));
  await terraform.apply();
  await terraform.expectEmptyPlan();
  expect(emulated.count("UpdateDistribution")).toBe(0);
  expect([...(emulated.account.distributions.all()[0]?.tags ?? [])]).toEqual([["team", "web"]]);
});

test("refuses what it does not implement", async () => {
  const terraform = await projects.open(distribution("", 'web_acl_id = "acl"', "smooth_streaming = true"));
  const { exitCode, output } = await terraform.plan();
  expect(exitCode).toBe(1);
  for (const name of ["web_acl_id", "smooth_streaming"])
    expect(output).toContain(`${name} is not implemented by the sandbox's stand-in for hashicorp/aws`);
});
