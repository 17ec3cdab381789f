/** Each resource that serves a certificate, as a policy is asked about it. */
import { readPlan } from "../../../../src/drift/plan/read-plan";
import { askedOfAttachments } from "../../../../src/drift/policy/asked-of-attachments";

const at = new Date("2026-11-24T10:00:00Z");
const arn = "arn:aws:acm:eu-west-1:111122223333:certificate/0f";
const listener = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/net/pay-1/0a/0b";

function asked(type: string, after: object, certificateArn = arn) {
  const common = { mode: "managed", provider_name: "registry.terraform.io/hashicorp/aws" };
  const values = { arn: certificateArn, domain_names: ["app.example.gov"] };
  const certificate = { actions: ["no-op"], before: values, after: values };
  const plan = readPlan(
    JSON.stringify({
      ...{ format_version: "1.2", terraform_version: "1.11.4", complete: true },
      resource_changes: [
        { ...common, address: "c", type: "unexpired_certificate", change: certificate },
        { ...common, address: `${type}.it`, type, change: { actions: ["create"], before: null, after } },
      ],
    }),
  );
  return askedOfAttachments(plan, at).flatMap(({ requests }) => requests);
}

const common = { kind: "attachment", names: ["app.example.gov"], at, accountId: "111122223333" };
const here = { ...common, region: "eu-west-1" };

test.each<[string, string, object, object]>([
  [
    "a listener that is there",
    "aws_lb_listener",
    { arn: listener, certificate_arn: arn, protocol: "TLS" },
    { ...here, servingKind: "network-listener", loadBalancer: "pay-1" },
  ],
  [
    "a listener that is to be made",
    "aws_lb_listener",
    { certificate_arn: arn, protocol: "HTTPS" },
    { ...here, servingKind: "application-listener" },
  ],
  [
    "an entry of a list",
    "aws_lb_listener_certificate",
    { listener_arn: listener, certificate_arn: arn },
    { ...here, servingKind: "network-listener", loadBalancer: "pay-1" },
  ],
  [
    "a rollout to a Classic Load Balancer",
    "unexpired_rollout",
    { classic_listener: { load_balancer_name: "old", port: 443 }, certificate_arn: arn },
    { ...here, servingKind: "classic-listener", loadBalancer: "old" },
  ],
  [
    "a Classic Load Balancer",
    "aws_elb",
    { name: "old", listener: [{ lb_port: 443, ssl_certificate_id: arn }] },
    { ...here, servingKind: "classic-listener", loadBalancer: "old" },
  ],
  [
    "a distribution",
    "aws_cloudfront_distribution",
    { id: "E2QWRUHAPOMQZL", viewer_certificate: [{ acm_certificate_arn: arn }] },
    { ...common, region: "aws-global", servingKind: "distribution", loadBalancer: "E2QWRUHAPOMQZL" },
  ],
  [
    "a regional domain name of a REST API",
    "aws_api_gateway_domain_name",
    { domain_name: "api.example.gov", regional_certificate_arn: arn },
    { ...here, servingKind: "rest-domain-name", loadBalancer: "api.example.gov" },
  ],
  [
    "one at the edge",
    "aws_api_gateway_domain_name",
    { domain_name: "api.example.gov", certificate_arn: arn },
    { ...common, servingKind: "rest-domain-name", loadBalancer: "api.example.gov" },
  ],
  [
    "a domain name of an HTTP API",
    "aws_apigatewayv2_domain_name",
    { domain_name: "api.example.gov", domain_name_configuration: [{ certificate_arn: arn }] },
    { ...here, servingKind: "http-domain-name", loadBalancer: "api.example.gov" },
  ],
])("%s", (_, type, after, expected) => {
  expect(asked(type, after)).toEqual([expected]);
});

test("a certificate whose names the stack does not know is not judged", () => {
  expect(asked("aws_lb_listener", { certificate_arn: arn, protocol: "TLS" }, `${arn}0`)).toEqual([]);
});
