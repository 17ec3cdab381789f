/** Certificates that ACM issues, with the stand-in for hashicorp/aws under real terraform. */
import { startDnsServer, type RunningDnsServer } from "../../src/sandbox/dns-server/start-dns-server";
import { RequestGate } from "../../src/sandbox/request-gate";
import { ZoneStore } from "../../src/sandbox/zone-store";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../support/emulated-aws";
import { standInProjects, type StandInProjects } from "../support/stand-in-projects";
import { createTestCa } from "../support/test-certificates";

let emulated: EmulatedAws;
let dns: RunningDnsServer;
let projects: StandInProjects;

beforeEach(async () => {
  const zones = new ZoneStore();
  dns = await startDnsServer({ store: zones, gate: new RequestGate() });
  emulated = await startEmulatedAws({ dnsServer: dns, zones });
  projects = standInProjects(emulated);
});

afterEach(async () => {
  await projects.close();
  await emulated.close();
  await dns.close();
});

const certificate = (more = "") => `
  resource "aws_acm_certificate" "web" {
    domain_name               = "example.org"
    subject_alternative_names = ["*.example.org", "api.example.org"]
    validation_method         = "DNS"
    key_algorithm             = "EC_prime256v1"
    ${more}
    lifecycle { create_before_destroy = true }
  }`;

/** As the documentation of hashicorp/aws shows it: one record for each entry, which the plan must know. */
const validated = (more = "") => `
  resource "aws_route53_zone" "zone" {
    name = "example.org"
  }
  ${certificate(more)}
  resource "aws_route53_record" "proof" {
    for_each        = { for option in aws_acm_certificate.web.domain_validation_options : option.domain_name => option }
    allow_overwrite = true
    zone_id         = aws_route53_zone.zone.zone_id
    name            = each.value.resource_record_name
    type            = each.value.resource_record_type
    records         = [each.value.resource_record_value]
    ttl             = 60
  }
  resource "aws_acm_certificate_validation" "web" {
    certificate_arn         = aws_acm_certificate.web.arn
    validation_record_fqdns = [for record in aws_route53_record.proof : record.fqdn]
    timeouts { create = "1m" }
  }`;

test("requests a certificate, shows its validation records, and removes it", async () => {
  const terraform = await projects.open(certificate('tags = { team = "web" }'));
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const made = await terraform.attributes("aws_acm_certificate.web");
  expect(made).toMatchObject({
    status: "PENDING_VALIDATION",
    type: "AMAZON_ISSUED",
    validation_method: "DNS",
    key_algorithm: "EC_prime256v1",
    not_after: "",
    tags: { team: "web" },
    tags_all: { team: "web" },
    renewal_eligibility: "INELIGIBLE",
  });
  expect(made.domain_validation_options).toHaveLength(3);

  await terraform.write(
    projects.mainFile(
      certificate('options { certificate_transparency_logging_preference = "DISABLED" }\n tags = { team = "api" }'),
    ),
  );
  const { output } = await terraform.plan();
  expect(output).toContain("1 to change, 0 to destroy");
  await terraform.apply();
  await terraform.expectEmptyPlan();
  expect(await emulated.access().issuedCertificates().describe(String(made.arn))).toMatchObject({
    options: { transparencyLogging: false },
  });
  await terraform.destroy();
  expect(emulated.account.region().acm.all()).toEqual([]);
});

test("one apply proves every name in Route 53 and waits until the certificate is issued", async () => {
  const terraform = await projects.open(validated());
  const first = await terraform.plan();
  expect(first.output).toContain('aws_route53_record.proof["*.example.org"] will be created');
  await terraform.apply();
  const { status } = await terraform.attributes("aws_acm_certificate.web");
  expect(status).toBe("PENDING_VALIDATION");
  // what happened after the request shows with the next refresh
  await terraform.apply("-refresh-only");
  await terraform.expectEmptyPlan();
  expect(await terraform.attributes("aws_acm_certificate.web")).toMatchObject({ status: "ISSUED" });
  await terraform.destroy();
});

test("waits in vain where a record is missing, and says which", async () => {
  const terraform = await projects.open(
    `${certificate()}
    resource "aws_acm_certificate_validation" "web" {
      certificate_arn         = aws_acm_certificate.web.arn
      validation_record_fqdns = ["_other.example.org"]
    }`,
  );
  const { exitCode, output } = await terraform.run(["apply", "-no-color", "-auto-approve"]);
  expect(exitCode).toBe(1);
  expect(output).toMatch(/missing example\.org DNS validation record: _[0-9a-f]{32}\.example\.org/);
});

test("imports key and certificate, and imports them anew under the same ARN", async () => {
  const ca = await createTestCa();
  const imported = async () => {
    const { certificatePem, chainPem, privateKeyPem } = await materialOf(ca, { names: ["app.example.org"] });
    return `resource "aws_acm_certificate" "web" {
      certificate_body  = ${JSON.stringify(certificatePem)}
      certificate_chain = ${JSON.stringify(chainPem)}
      private_key       = ${JSON.stringify(privateKeyPem)}
    }`;
  };
  const terraform = await projects.open(await imported());
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const { arn } = await terraform.attributes("aws_acm_certificate.web");
  await terraform.write(projects.mainFile(await imported()));
  expect((await terraform.plan()).output).toContain("aws_acm_certificate.web will be updated in-place");
  await terraform.apply();
  await terraform.expectEmptyPlan();
  expect(await terraform.attributes("aws_acm_certificate.web")).toMatchObject({
    arn,
    domain_name: "app.example.org",
    validation_method: "NONE",
    type: "IMPORTED",
  });
  await terraform.destroy();
});

test("takes over a certificate by its ARN; another name replaces it", async () => {
  const terraform = await projects.open(certificate());
  await terraform.apply();
  const { arn } = await terraform.attributes("aws_acm_certificate.web");
  await terraform.succeed(["state", "rm", "aws_acm_certificate.web"]);
  await terraform.import("aws_acm_certificate.web", String(arn));
  await terraform.expectEmptyPlan();
  await terraform.write(projects.mainFile(certificate().replaceAll("api.", "new.")));
  expect((await terraform.plan()).output).toContain("1 to add, 0 to change, 1 to destroy");
});

test("refuses what the stand-in does not do", async () => {
  const terraform = await projects.open(`
    resource "aws_acm_certificate" "web" {
      domain_name       = "example.org"
      validation_method = "EMAIL"
      early_renewal_duration = "P3D"
    }`);
  const { output } = await terraform.plan();
  expect(output).toContain("validation_method EMAIL is not implemented by the stand-in");
  expect(output).toContain("early_renewal_duration is not implemented by the sandbox's stand-in");
});
