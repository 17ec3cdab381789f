import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, type TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import {
  CertificateIssuer,
  DnsZone,
  ManagedCertificate,
  type ManagedCertificateProps,
  Secret,
  UnexpiredProvider,
} from "../../../constructs";
import { makeStack, onlyResource, synthesize } from "../../support/synthesize-stack";

const issuer = CertificateIssuer.letsEncrypt({ contactEmail: "tls@example.gov" });

function declare(stack: TerraformStack, props: Partial<ManagedCertificateProps> = {}, id = "web"): ManagedCertificate {
  const zone = stack.node.tryFindChild("zone") as DnsZone | undefined;
  return new ManagedCertificate(stack, id, {
    domainNames: ["app.example.gov", "*.app.example.gov"],
    zone: zone ?? DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" }),
    issuer,
    ...props,
  });
}

describe("what is synthesized", () => {
  test("the certificate, with its settings and create before destroy", () => {
    const stack = makeStack();
    declare(stack);
    expect(onlyResource(stack, "unexpired_certificate")).toEqual({
      name: "infra/web",
      domain_names: ["app.example.gov", "*.app.example.gov"],
      key_algorithm: "EC_prime256v1",
      issuer: {
        directory_url: "https://acme-v02.api.letsencrypt.org/directory",
        contact_email: "tls@example.gov",
      },
      zones: [{ name: "example.gov", type: "edge_dns" }],
      lifecycle: { create_before_destroy: true },
    });
  });

  test("zones of both kinds, those in Route 53 with their ID", () => {
    const stack = makeStack();
    const hostedZoneId = "Z0123456789ABCDEFGHIJ";
    const zones = [
      DnsZone.edgeDns(stack, "edge", { zoneName: "example.gov" }),
      DnsZone.route53(stack, "apps", { zoneName: "app.example.gov", hostedZoneId }),
    ];
    declare(stack, { zone: undefined, zones });
    expect(onlyResource(stack, "unexpired_certificate").zones).toEqual([
      { name: "example.gov", type: "edge_dns" },
      { name: "app.example.gov", type: "route53", id: hostedZoneId },
    ]);
  });

  test("everything that can be set", () => {
    const stack = makeStack();
    declare(stack, {
      name: "web of the agency",
      keyAlgorithm: "RSA_3072",
      region: "us-east-1",
      renewal: { enabled: true, daysBeforeExpiry: 20, ari: false },
      tags: { team: "web", "cost-center": "12" },
      timeouts: { create: "1h30m" },
      zone: undefined,
      zones: [
        DnsZone.edgeDns(stack, "a", { zoneName: "app.example.gov." }),
        DnsZone.edgeDns(stack, "b", { zoneName: "example.gov" }),
      ],
      issuer: CertificateIssuer.acme({
        directoryUrl: "https://ca.example.gov/directory",
        caFile: "/etc/ca.pem",
        profile: "server",
        preferredChain: "Agency Root",
        contactEmail: "tls@example.gov",
        externalAccountBinding: { keyId: "kid-1", hmacKey: Secret.environment("EAB_KEY") },
      }),
    });
    expect(onlyResource(stack, "unexpired_certificate")).toMatchObject({
      name: "web of the agency",
      key_algorithm: "RSA_3072",
      region: "us-east-1",
      renewal: { enabled: true, days_before_expiry: 20, ari: false },
      tags: { team: "web", "cost-center": "12" },
      timeouts: { create: "1h30m" },
      zones: [
        { name: "app.example.gov", type: "edge_dns" },
        { name: "example.gov", type: "edge_dns" },
      ],
      issuer: {
        directory_url: "https://ca.example.gov/directory",
        ca_file: "/etc/ca.pem",
        profile: "server",
        preferred_chain: "Agency Root",
        contact_email: "tls@example.gov",
        external_account_binding: { key_id: "kid-1", hmac_key_env: "EAB_KEY" },
      },
    });
  });

  test("names as certificates spell them", () => {
    const stack = makeStack();
    const certificate = declare(stack, { domainNames: ["Bücher.Example.gov.", "*.APP.example.gov"] });
    expect(certificate.domainNames).toEqual(["xn--bcher-kva.example.gov", "*.app.example.gov"]);
    expect(onlyResource(stack, "unexpired_certificate").domain_names).toEqual(certificate.domainNames);
  });

  test("outputs refer to the resource", () => {
    const stack = makeStack();
    const certificate = declare(stack);
    const { certificateArn, serial, fingerprint, notBefore, notAfter, renewAt, renewalReason } = certificate;
    const dates = { notBefore, notAfter, renewAt, renewalReason };
    const outputs = { certificateArn, serial, fingerprint, ...dates, certificateChain: certificate.certificateChain };
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(stack, name, { value });
    const references = Object.entries(synthesize(stack).output).map(([name, { value }]) => [
      name,
      /^\$\{unexpired_certificate\.\w+\.(\w+)\}$/.exec(String(value))?.[1],
    ]);
    expect(Object.fromEntries(references)).toEqual({
      certificateArn: "arn",
      serial: "serial",
      fingerprint: "fingerprint",
      notBefore: "not_before",
      notAfter: "not_after",
      renewAt: "renew_at",
      renewalReason: "renewal_reason",
      certificateChain: "certificate_chain",
    });
  });

  test("one provider block for all certificates of a stack", () => {
    const stack = makeStack();
    declare(stack, {}, "one");
    declare(stack, { domainNames: ["two.example.gov"] }, "two");
    const { provider, terraform } = synthesize(stack);
    expect(provider.unexpired).toEqual([{}]);
    expect(terraform.required_providers.unexpired?.source).toBe("unexpired/unexpired");
  });

  test("an aliased provider block makes no default one", () => {
    const stack = makeStack();
    const provider = new UnexpiredProvider(stack, "dr", { alias: "dr", region: "eu-west-1" });
    declare(stack, { provider });
    expect(synthesize(stack).provider.unexpired).toEqual([{ alias: "dr", region: "eu-west-1" }]);
    expect(onlyResource(stack, "unexpired_certificate").provider).toBe("unexpired.dr");
  });

  test.each([
    [Secret.environment("EAB_KEY"), { hmac_key_env: "EAB_KEY" }],
    [
      Secret.secretsManager("arn:aws:secretsmanager:us-east-1:111122223333:secret:eab-x1"),
      { hmac_key_secret_arn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:eab-x1" },
    ],
    [Secret.file("/run/eab.key"), { hmac_key_file: "/run/eab.key" }],
  ])("a secret is written as a reference: %j", (hmacKey, expected) => {
    const stack = makeStack();
    const directoryUrl = "https://ca.example.gov/directory";
    declare(stack, {
      issuer: CertificateIssuer.acme({ directoryUrl, externalAccountBinding: { keyId: "k", hmacKey } }),
    });
    expect(onlyResource(stack, "unexpired_certificate").issuer).toEqual({
      directory_url: directoryUrl,
      external_account_binding: { key_id: "k", ...expected },
    });
  });
});

describe("values known at apply only", () => {
  const token = () => Token.asString("${var.unknown}");

  test("pass every check", () => {
    const stack = makeStack();
    declare(stack, {
      domainNames: [token(), "app.example.gov"],
      name: token(),
      region: token(),
      tags: { team: token() },
      timeouts: { create: token() },
      renewal: { daysBeforeExpiry: Token.asNumber("${var.days}") },
      issuer: CertificateIssuer.acme({ directoryUrl: token(), caFile: token(), contactEmail: token() }),
    });
    expect(onlyResource(stack, "unexpired_certificate")).toMatchObject({
      name: "${var.unknown}",
      domain_names: ["${var.unknown}", "app.example.gov"],
      renewal: { days_before_expiry: "${var.days}" },
    });
  });

  test("a whole list of names and a zone name pass, too", () => {
    const stack = makeStack();
    declare(stack, {
      domainNames: Token.asList("${var.names}"),
      zone: DnsZone.edgeDns(stack, "zone", { zoneName: token() }),
    });
    expect(onlyResource(stack, "unexpired_certificate")).toMatchObject({
      domain_names: "${var.names}",
      zones: [{ name: "${var.unknown}" }],
    });
  });
});

describe("fromArn", () => {
  test("knows the region of the certificate", () => {
    const arn = "arn:aws-us-gov:acm:us-gov-west-1:111122223333:certificate/0f-1";
    const certificate = ManagedCertificate.fromArn(makeStack(), "paid", arn);
    expect(certificate).toMatchObject({ certificateArn: arn, region: "us-gov-west-1" });
  });

  test("takes an ARN known at apply only", () => {
    const arn = Token.asString("${var.arn}");
    expect(ManagedCertificate.fromArn(makeStack(), "paid", arn)).toMatchObject({ certificateArn: arn });
  });

  test("refuses an ARN of something else", () => {
    const arn = "arn:aws:iam::111122223333:server-certificate/x";
    expect(() => ManagedCertificate.fromArn(makeStack(), "paid", arn)).toThrow(/^infra\/paid: .*not the ARN of an ACM/);
  });
});

describe("certificate names", () => {
  test("follow the construct path", () => {
    const stack = makeStack();
    const group = new Construct(stack, "payments");
    const zone = DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" });
    const { certificateName } = new ManagedCertificate(group, "web", {
      domainNames: ["pay.example.gov"],
      zone,
      issuer,
    });
    expect(certificateName).toBe("infra/payments/web");
  });

  test("are taken once per stack, region and provider block", () => {
    const stack = makeStack();
    declare(stack, { name: "web" }, "one");
    declare(stack, { name: "web", region: "us-east-1" }, "two");
    declare(stack, { name: "web", provider: new UnexpiredProvider(stack, "dr", { alias: "dr" }) }, "three");
    expect(() => declare(stack, { name: "web" }, "four")).toThrow(/^infra\/four: .*"web" is taken by infra\/one/);
    expect(() => declare(makeStack("other"), { name: "web" }, "one")).not.toThrow();
  });
});

describe("warning of a re-import that ACM refuses", () => {
  const warningsOf = (props: Partial<ManagedCertificateProps>) => {
    const certificate = declare(makeStack(), props);
    return certificate.node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => String(data));
  };

  test.each(["tlsserver", "shortlived"])("RSA with profile %s", (profile) => {
    const warnings = warningsOf({ keyAlgorithm: "RSA_2048", issuer: CertificateIssuer.letsEncrypt({ profile }) });
    expect(warnings).toEqual([expect.stringMatching(/^infra\/web: .*keyEncipherment.*EC_prime256v1/)]);
  });

  test.each<[string, Partial<ManagedCertificateProps>]>([
    ["ECDSA", { issuer: CertificateIssuer.letsEncrypt({ profile: "tlsserver" }) }],
    ["classic", { keyAlgorithm: "RSA_2048" }],
    [
      "another CA",
      {
        keyAlgorithm: "RSA_2048",
        issuer: CertificateIssuer.acme({ directoryUrl: "https://ca.example.gov/dir", profile: "tlsserver" }),
      },
    ],
  ])("none for %s", (_, props) => {
    expect(warningsOf(props)).toEqual([]);
  });
});

describe("the region of a certificate, as far as synthesis can tell", () => {
  const acm = CertificateIssuer.acm();
  test.each<[string, Partial<ManagedCertificateProps>, string | undefined]>([
    ["its own", { region: "us-east-1" }, "us-east-1"],
    ["that of our provider's block, which follows the AWS provider's", {}, "eu-west-1"],
    ["that of the AWS provider where ACM issues", { issuer: acm }, "eu-west-1"],
  ])("%s", (_, props, region) => {
    const stack = makeStack();
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    expect(declare(stack, props).region).toBe(region);
  });

  test("that of the block it names", () => {
    const stack = makeStack();
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    const provider = new UnexpiredProvider(stack, "ours", { alias: "ours", region: "eu-north-1" });
    const awsProvider = new AwsProvider(stack, "theirs", { alias: "theirs", region: "eu-south-1" });
    expect(declare(stack, { provider }).region).toBe("eu-north-1");
    expect(declare(stack, { awsProvider, issuer: acm }, "other").region).toBe("eu-south-1");
  });

  test("none where nothing tells", () => {
    expect(declare(makeStack()).region).toBeUndefined();
  });
});

test("how often it is renewed is known where the CA's lifetimes are", () => {
  const forecastOf = (props: Partial<ManagedCertificateProps>) => declare(makeStack(), props).renewalForecast;
  expect(forecastOf({})).toEqual({ lifetimeDays: 90, everyDays: 60, daysLeft: 30 });
  expect(forecastOf({ renewal: { daysBeforeExpiry: 20 } })).toMatchObject({ everyDays: 70, daysLeft: 20 });
  expect(forecastOf({ renewal: { daysBeforeExpiry: 5 } })).toMatchObject({ everyDays: 75, daysLeft: 15 });
  expect(forecastOf({ renewal: { enabled: false } })).toBeUndefined();
  expect(forecastOf({ issuer: CertificateIssuer.acm() })).toBeUndefined();
  expect(forecastOf({ issuer: CertificateIssuer.acme({ directoryUrl: "https://ca.example.gov" }) })).toBeUndefined();
});
