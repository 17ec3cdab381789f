import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { CertificateIssuer, DnsZone, ManagedCertificate, type ManagedCertificateProps } from "../../../constructs";
import { makeStack, onlyResource, synthesize } from "../../support/synthesize-stack";

const issuer = CertificateIssuer.acm();

function makeAwsStack(): TerraformStack {
  const stack = makeStack();
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  return stack;
}

function zoneIn(stack: TerraformStack): DnsZone {
  return (
    (stack.node.tryFindChild("zone") as DnsZone | undefined) ??
    DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" })
  );
}

function declare(stack: TerraformStack, props: Partial<ManagedCertificateProps> = {}, id = "web"): ManagedCertificate {
  const domainNames = ["app.example.gov", "*.app.example.gov"];
  return new ManagedCertificate(stack, id, { domainNames, zone: zoneIn(stack), issuer, ...props });
}

/** Resources of a type by logical id, without cdktf's own notes. */
function resources(stack: TerraformStack, type: string): Record<string, Record<string, unknown>> {
  const found = Object.entries(synthesize(stack).resource[type] ?? {});
  return Object.fromEntries(found.map(([id, { "//": _, ...attributes }]) => [id, attributes]));
}

test("a request with DNS validation, created before it is destroyed", () => {
  const stack = makeAwsStack();
  declare(stack, { tags: { team: "web" }, region: "us-east-1", keyAlgorithm: "RSA_2048" });
  expect(onlyResource(stack, "aws_acm_certificate")).toEqual({
    domain_name: "app.example.gov",
    subject_alternative_names: ["app.example.gov", "*.app.example.gov"],
    validation_method: "DNS",
    key_algorithm: "RSA_2048",
    region: "us-east-1",
    tags: { team: "web" },
    lifecycle: { create_before_destroy: true },
  });
});

test("one name is listed as well: without a list hashicorp/aws would keep the names there were", () => {
  const stack = makeAwsStack();
  declare(stack, { domainNames: ["app.example.gov"] });
  expect(onlyResource(stack, "aws_acm_certificate").subject_alternative_names).toEqual(["app.example.gov"]);
});

test("apex and wildcard are proved by one record, which stays and is found by name", () => {
  const stack = makeAwsStack();
  declare(stack);
  const [certificateId] = Object.keys(resources(stack, "aws_acm_certificate"));
  const option = (key: string) =>
    `\${one([for option in aws_acm_certificate.${certificateId}.domain_validation_options : option.${key} if option.domain_name == "app.example.gov"])}`;
  const [recordId] = Object.keys(resources(stack, "unexpired_dns_record"));
  expect(recordId).toMatch(/^ValidationRecords_app_example_gov_Record_[0-9A-F]{8}$/);
  expect(onlyResource(stack, "unexpired_dns_record")).toEqual({
    zone: "example.gov",
    name: option("resource_record_name"),
    type: "CNAME",
    values: [option("resource_record_value")],
    ttl_seconds: 300,
    keep_on_destroy: true,
    lifecycle: { create_before_destroy: true, ignore_changes: ["name"] },
  });
});

test("the ARN that others see is the validated one", () => {
  const stack = makeAwsStack();
  const certificate = declare(stack, { timeouts: { create: "2h" } });
  new TerraformOutput(stack, "arn", { value: certificate.certificateArn });
  const [validationId] = Object.keys(resources(stack, "aws_acm_certificate_validation"));
  expect(synthesize(stack).output.arn?.value).toBe(
    `\${aws_acm_certificate_validation.${validationId}.certificate_arn}`,
  );
  const [certificateId] = Object.keys(resources(stack, "aws_acm_certificate"));
  const [recordId] = Object.keys(resources(stack, "unexpired_dns_record"));
  expect(onlyResource(stack, "aws_acm_certificate_validation")).toEqual({
    certificate_arn: `\${aws_acm_certificate.${certificateId}.arn}`,
    validation_record_fqdns: [`\${unexpired_dns_record.${recordId}.name}`],
    timeouts: { create: "2h" },
    lifecycle: { create_before_destroy: true },
  });
});

test("certificates of one name share a record, whose address is the name's alone", () => {
  const [one, both] = [makeAwsStack(), makeAwsStack()];
  declare(one, {}, "second");
  declare(both, { domainNames: ["*.app.example.gov"] }, "first");
  declare(both, {}, "second");
  expect(Object.keys(resources(both, "aws_acm_certificate"))).toHaveLength(2);
  expect(Object.keys(resources(both, "unexpired_dns_record"))).toEqual(
    Object.keys(resources(one, "unexpired_dns_record")),
  );
});

test("certificates that share a record agree where it stands and whether it is kept", () => {
  const stack = makeAwsStack();
  declare(stack, {}, "first");
  const inRoute53 = DnsZone.route53(stack, "r53", { zoneName: "example.gov", hostedZoneId: "Z0123456789ABCDEFGHIJ" });
  expect(() => declare(stack, { zone: inRoute53 }, "second")).toThrow(
    /^infra\/second: the validation record of app\.example\.gov is shared with infra\/first, .* example\.gov \(edge_dns\)/,
  );
  expect(() => declare(stack, { removeValidationRecords: true }, "third")).toThrow(
    /^infra\/third: .* shared with infra\/first, and only one of the two says removeValidationRecords/,
  );
  expect(() => declare(stack, { domainNames: ["www.example.gov"], zone: inRoute53 }, "fourth")).not.toThrow();
});

test("names of several zones are proved each in the nearest one; Route 53 by the AWS provider", () => {
  const stack = makeAwsStack();
  const hostedZoneId = "Z0123456789ABCDEFGHIJ";
  const zones = [
    DnsZone.edgeDns(stack, "a", { zoneName: "example.gov" }),
    DnsZone.route53(stack, "b", { zoneName: "app.example.gov", hostedZoneId }),
  ];
  declare(stack, { zone: undefined, zones, domainNames: ["www.example.gov", "x.app.example.gov"] });
  expect(onlyResource(stack, "unexpired_dns_record")).toMatchObject({ zone: "example.gov" });
  expect(onlyResource(stack, "aws_route53_record")).toMatchObject({
    zone_id: hostedZoneId,
    type: "CNAME",
    ttl: 300,
    allow_overwrite: true,
    lifecycle: { create_before_destroy: true, ignore_changes: ["name"] },
  });
  const { validation_record_fqdns: names } = onlyResource(stack, "aws_acm_certificate_validation");
  expect(names).toEqual([
    expect.stringMatching(/^\$\{unexpired_dns_record\..*\.name\}$/),
    expect.stringMatching(/^\$\{aws_route53_record\..*\.fqdn\}$/),
  ]);
});

test("the records go with the certificate if that is wished", () => {
  const stack = makeAwsStack();
  declare(stack, { removeValidationRecords: true });
  expect(onlyResource(stack, "unexpired_dns_record")).toMatchObject({ keep_on_destroy: false });
});

test("exportable, and without transparency log", () => {
  const stack = makeAwsStack();
  declare(stack, { issuer: CertificateIssuer.acm({ exportable: true, transparencyLogging: false }) });
  expect(onlyResource(stack, "aws_acm_certificate").options).toEqual({
    export: "ENABLED",
    certificate_transparency_logging_preference: "DISABLED",
  });
});

test.each<[string, Partial<ManagedCertificateProps>, string]>([
  [
    "a key ACM does not issue for",
    { keyAlgorithm: "RSA_4096" },
    'infra/web: key algorithm "RSA_4096" is not one that ACM issues for',
  ],
  ["a name that is not known", { domainNames: ["${var.name}"] }, "holds a value that only terraform will know"],
  [
    "a first name that is too long",
    { domainNames: [`${"a".repeat(60)}.example.gov`] },
    "the first name has 72 characters",
  ],
  ["a name outside the zone", { domainNames: ["app.example.com"] }, "lies outside example.gov"],
])("%s is refused", (_, props, message) => {
  expect(() => declare(makeAwsStack(), props)).toThrow(message);
});

test("what ACM does not tell is refused by name", () => {
  const certificate = declare(makeAwsStack());
  expect(() => certificate.serial).toThrow("serial is not known of a certificate that ACM issues");
  expect(certificate.notAfter).toContain("TfToken");
});

test("more names than the default quota, and settings without meaning, are warned of", () => {
  const stack = makeAwsStack();
  const domainNames = Array.from({ length: 11 }, (_, index) => `h${index}.example.gov`);
  const certificate = declare(stack, { domainNames, renewal: { daysBeforeExpiry: 30 } });
  const warnings = certificate.node.metadata.map(({ data }) => String(data)).join("\n");
  expect(warnings).toContain("11 names, and ACM issues for 10 unless the quota");
  expect(warnings).toContain("renewal has no meaning here");
});

test("an ID that is not a hosted zone's is refused", () => {
  const make = (hostedZoneId: string) =>
    DnsZone.route53(makeAwsStack(), "zone", { zoneName: "example.gov", hostedZoneId });
  expect(() => make("/hostedzone/Z0123456789")).toThrow("is not the ID of a hosted zone");
});
