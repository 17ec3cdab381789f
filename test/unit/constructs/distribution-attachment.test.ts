import {
  CloudfrontDistribution,
  type CloudfrontDistributionConfig,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import {
  CertificateIssuer,
  type DeclaredDistribution,
  DistributionAttachment,
  type DistributionAttachmentProps,
  DnsZone,
  ManagedCertificate,
  type ManagedCertificateProps,
} from "../../../constructs";
import { makeStack, onlyResource } from "../../support/synthesize-stack";

interface Settings {
  readonly certificate?: Partial<ManagedCertificateProps>;
  readonly distribution?: Partial<CloudfrontDistributionConfig>;
  readonly attachment?: Partial<DistributionAttachmentProps>;
  /** Of the stack's AWS provider. */
  readonly region?: string;
}

function declareDistribution(stack: TerraformStack, config: Partial<CloudfrontDistributionConfig> = {}) {
  return new CloudfrontDistribution(stack, "site", {
    enabled: true,
    aliases: ["www.example.gov", "*.app.example.gov"],
    origin: [{ originId: "web", domainName: "origin.example.gov" }],
    defaultCacheBehavior: {
      targetOriginId: "web",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      viewerProtocolPolicy: "redirect-to-https",
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: {},
    ...config,
  });
}

function attach({ certificate, distribution, attachment, region = "us-east-1" }: Settings) {
  const stack = makeStack();
  new AwsProvider(stack, "aws", { region });
  const zone = DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" });
  const managed = new ManagedCertificate(stack, "web", {
    domainNames: ["*.example.gov", "*.app.example.gov"],
    zone,
    issuer: CertificateIssuer.letsEncrypt(),
    ...certificate,
  });
  const declared = declareDistribution(stack, distribution);
  new DistributionAttachment(stack, "https", { certificate: managed, distribution: declared, ...attachment });
  return stack;
}

const viewerCertificate = (stack: TerraformStack) =>
  onlyResource(stack, "aws_cloudfront_distribution").viewer_certificate;

test("the viewer certificate, by SNI and from TLS 1.2 on", () => {
  expect(viewerCertificate(attach({}))).toEqual({
    acm_certificate_arn: expect.stringMatching(/^\$\{unexpired_certificate\.\w+\.arn\}$/) as string,
    ssl_support_method: "sni-only",
    minimum_protocol_version: "TLSv1.2_2021",
  });
});

test("both can be set", () => {
  const attachment = { sslSupportMethod: "vip", minimumProtocolVersion: "TLSv1.2_2019" } as const;
  expect(viewerCertificate(attach({ attachment }))).toMatchObject({
    ssl_support_method: "vip",
    minimum_protocol_version: "TLSv1.2_2019",
  });
});

const notHere: unknown = "E1A2B3C4D5E6F7";

test.each<[string, Settings, RegExp]>([
  [
    "another region",
    { certificate: { region: "eu-west-1" } },
    /stands in eu-west-1, and CloudFront takes certificates from us-east-1 only .*region "us-east-1"/,
  ],
  ["the region of the provider", { region: "eu-west-1" }, /stands in eu-west-1/],
  [
    "P-384",
    { certificate: { keyAlgorithm: "EC_secp384r1" } },
    /a key EC_secp384r1, and CloudFront takes EC_prime256v1, RSA_2048, RSA_3072 \(.*\); set .*"EC_prime256v1"/,
  ],
  ["RSA 4096", { certificate: { keyAlgorithm: "RSA_4096" } }, /a key RSA_4096/],
  [
    "an alias it is not good for",
    { distribution: { aliases: ["a.b.example.gov"] } },
    /not good for "a\.b\.example\.gov", only for \*\.example\.gov, .*add "a\.b\.example\.gov"/,
  ],
  ["a wildcard it is not good for", { distribution: { aliases: ["*.x.example.gov"] } }, /not good for "\*\.x\.example/],
  [
    "a second certificate",
    { distribution: { viewerCertificate: { cloudfrontDefaultCertificate: true } } },
    /infra\/site has a viewer certificate already .*viewerCertificate: \{\}/,
  ],
  [
    "a distribution made elsewhere",
    { attachment: { distribution: notHere as DeclaredDistribution } },
    /distribution is no resource .*UpdateDistribution.*stack that declares it/,
  ],
  [
    "a distribution of another stack",
    { attachment: { distribution: declareDistribution(makeStack("other")) } },
    /other\/site is no distribution of this stack/,
  ],
])("%s is refused", (_, settings, message) => {
  expect(() => attach(settings)).toThrow(message);
  expect(() => attach(settings)).toThrow(/^infra\/https: /);
});

test.each<[string, Settings]>([
  ["RSA 2048", { certificate: { keyAlgorithm: "RSA_2048" } }],
  ["us-east-1 beside a provider elsewhere", { certificate: { region: "us-east-1" }, region: "eu-west-1" }],
  ["aliases that terraform alone knows", { distribution: { aliases: ["${var.alias}"] } }],
  ["no aliases", { distribution: { aliases: undefined } }],
])("%s", (_, settings) => {
  expect(() => attach(settings)).not.toThrow();
});
