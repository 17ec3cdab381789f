import { ApiGatewayDomainName, type ApiGatewayDomainNameConfig } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  CertificateIssuer,
  type DeclaredRestDomainName,
  DnsZone,
  DomainNameAttachment,
  ManagedCertificate,
  type ManagedCertificateProps,
} from "../../../constructs";
import { makeStack, onlyResource } from "../../support/synthesize-stack";

function parts(certificateProps: Partial<ManagedCertificateProps> = {}, region = "eu-west-1") {
  const stack = makeStack();
  new AwsProvider(stack, "aws", { region });
  const certificate = new ManagedCertificate(stack, "web", {
    domainNames: ["api.example.gov"],
    zone: DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" }),
    issuer: CertificateIssuer.letsEncrypt(),
    ...certificateProps,
  });
  const attach = (domainName: DeclaredRestDomainName | Apigatewayv2DomainName) =>
    new DomainNameAttachment(stack, "https", { certificate, domainName });
  const rest = (type?: string, config: Partial<ApiGatewayDomainNameConfig> = {}) =>
    new ApiGatewayDomainName(stack, "api", {
      domainName: "api.example.gov",
      endpointConfiguration: type === undefined ? undefined : { types: [type] },
      ...config,
    });
  const http = (certificateArn = certificate.certificateArn, domainName = "api.example.gov") =>
    new Apigatewayv2DomainName(stack, "api", {
      domainName,
      domainNameConfiguration: { certificateArn, endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
    });
  return { stack, attach, rest, http };
}

const arn = expect.stringMatching(/^\$\{unexpired_certificate\.\w+\.arn\}$/) as string;

test("regional: the certificate of the region", () => {
  const { stack, attach, rest } = parts();
  attach(rest("REGIONAL"));
  const domainName = onlyResource(stack, "aws_api_gateway_domain_name");
  expect(domainName).toMatchObject({ regional_certificate_arn: arn });
  expect(domainName).not.toHaveProperty("certificate_arn");
});

test.each([[undefined], ["EDGE"]])("edge-optimized (%s): the certificate of us-east-1", (type) => {
  const { stack, attach, rest } = parts({ region: "us-east-1" });
  attach(rest(type));
  const domainName = onlyResource(stack, "aws_api_gateway_domain_name");
  expect(domainName).toMatchObject({ certificate_arn: arn });
  expect(domainName).not.toHaveProperty("regional_certificate_arn");
});

test("private: the certificate of the region, in the other attribute", () => {
  const { stack, attach, rest } = parts();
  attach(rest("PRIVATE"));
  expect(onlyResource(stack, "aws_api_gateway_domain_name")).toMatchObject({ certificate_arn: arn });
});

test("of an HTTP API: as declared", () => {
  const { stack, attach, http } = parts();
  attach(http());
  expect(onlyResource(stack, "aws_apigatewayv2_domain_name").domain_name_configuration).toMatchObject({
    certificate_arn: arn,
  });
});

type Made = ReturnType<typeof parts>;
const elsewhere: unknown = "api.example.gov";

test.each<[string, Partial<ManagedCertificateProps>, (made: Made) => unknown, RegExp]>([
  [
    "edge-optimized elsewhere",
    {},
    ({ attach, rest }) => attach(rest("EDGE")),
    /in eu-west-1, and an edge-optimized .*us-east-1/,
  ],
  [
    "edge-optimized with P-384",
    { region: "us-east-1", keyAlgorithm: "EC_secp384r1" },
    ({ attach, rest }) => attach(rest()),
    /EC_secp384r1, and an edge-optimized domain name takes EC_prime256v1, RSA_2048/,
  ],
  [
    "regional with RSA 3072",
    { keyAlgorithm: "RSA_3072" },
    ({ attach, rest }) => attach(rest("REGIONAL")),
    /RSA_3072, and API Gateway takes EC_prime256v1, EC_secp384r1, RSA_2048/,
  ],
  [
    "regional elsewhere",
    { region: "us-east-1" },
    ({ attach, rest }) => attach(rest("REGIONAL")),
    /the certificate stands in us-east-1, the domain name in eu-west-1 .*region "eu-west-1"/,
  ],
  [
    "a name it is not good for",
    { domainNames: ["www.example.gov"] },
    ({ attach, http }) => attach(http()),
    /not good for "api\.example\.gov", only for www\.example\.gov/,
  ],
  [
    "a certificate set by hand",
    {},
    ({ attach, rest }) => attach(rest("REGIONAL", { regionalCertificateArn: "${var.arn}" })),
    /infra\/api has a certificate already/,
  ],
  [
    "a type that is not known",
    {},
    ({ attach, rest }) => attach(rest("${var.type}")),
    /the endpoint type "\$\{var\.type\}", .*EDGE, REGIONAL or PRIVATE/,
  ],
  [
    "another certificate in the configuration of an HTTP API",
    {},
    ({ attach, http }) => attach(http("arn:aws:acm:eu-west-1:111122223333:certificate/0f-1")),
    /infra\/api names another certificate .*certificate\.certificateArn/,
  ],
  [
    "an HTTP API elsewhere",
    { region: "us-east-1" },
    ({ attach, http }) => attach(http()),
    /the domain name in eu-west-1/,
  ],
  [
    "a domain name made elsewhere",
    {},
    ({ attach }) => attach(elsewhere as DeclaredRestDomainName),
    /domainName is no resource .*stack that declares it/,
  ],
  [
    "one of another stack",
    {},
    ({ attach }) => attach(new ApiGatewayDomainName(makeStack("other"), "api", { domainName: "api.example.gov" })),
    /other\/api is no domain name of this stack/,
  ],
])("%s is refused", (_, props, act, message) => {
  const act2 = () => act(parts(props));
  expect(act2).toThrow(message);
  expect(act2).toThrow(/^infra\/https: /);
});
