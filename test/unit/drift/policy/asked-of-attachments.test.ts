/** Each resource that serves a certificate, as a policy is asked about it. */
import { readPlan } from "../../../../src/drift/plan/read-plan";
import { askedOfAttachments } from "../../../../src/drift/policy/asked-of-attachments";

const at = new Date("2026-11-24T10:00:00Z");
const arn = "arn:aws:acm:eu-west-1:111122223333:certificate/0f";
const balancer = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/pay-2/0a";
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
    "a listener that is to be made on a load balancer that is there",
    "aws_lb_listener",
    { load_balancer_arn: balancer, certificate_arn: arn, protocol: "TLS" },
    { ...here, servingKind: "network-listener", loadBalancer: "pay-2" },
  ],
  [
    "a listener that moves to another load balancer",
    "aws_lb_listener",
    { load_balancer_arn: balancer, certificate_arn: arn, arn: listener, protocol: "TLS" },
    { ...here, servingKind: "network-listener", loadBalancer: "pay-2" },
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

/** Resources of one plan, all of them new, with what their expressions refer to. */
function askedOfNew(
  resources: Readonly<Record<string, { readonly after: object; readonly refersTo?: Readonly<Record<string, string>> }>>,
) {
  const typeOf = (address: string) => address.replace(/^module\.\w+\./, "").split(".")[0];
  const changes = Object.entries(resources).map(([address, { after }]) => ({
    ...{ address, mode: "managed", type: typeOf(address), provider_name: "registry.terraform.io/hashicorp/aws" },
    change: { actions: ["create"], before: null, after },
  }));
  const configured = (prefix: string) =>
    Object.entries(resources)
      .filter(([address]) => address.startsWith(prefix) && (prefix !== "" || !address.startsWith("module.")))
      .map(([address, { refersTo = {} }]) => {
        const expressions = Object.entries(refersTo).map(([name, to]) => [name, { references: [`${to}.arn`, to] }]);
        const own = address.slice(prefix.length).replace(/\[.*\]$/, "");
        return { address: own, mode: "managed", expressions: Object.fromEntries(expressions) as object };
      });
  const modules = { inner: { module: { resources: configured("module.inner.") } } };
  const plan = readPlan(
    JSON.stringify({
      ...{ format_version: "1.2", terraform_version: "1.11.4", complete: true, resource_changes: changes },
      configuration: { root_module: { resources: configured(""), module_calls: modules } },
    }),
  );
  return askedOfAttachments(plan, at).flatMap(({ requests }) => requests);
}

const certificate = { after: { domain_name: "app.example.gov", subject_alternative_names: ["app.example.gov"] } };
const made = { kind: "attachment", names: ["app.example.gov"], at };

test("what one plan makes together is judged by what the configuration refers to", () => {
  const asked = askedOfNew({
    "aws_acm_certificate.it": certificate,
    "aws_acm_certificate_validation.it": { after: {}, refersTo: { certificate_arn: "aws_acm_certificate.it" } },
    "aws_lb.it": { after: { name: "web-1" } },
    "aws_lb_listener.it": {
      after: { protocol: "HTTPS" },
      refersTo: { certificate_arn: "aws_acm_certificate_validation.it", load_balancer_arn: "aws_lb.it" },
    },
    "aws_lb_listener_certificate.it[0]": {
      after: {},
      refersTo: { certificate_arn: "aws_acm_certificate.it", listener_arn: "aws_lb_listener.it" },
    },
    "aws_apigatewayv2_domain_name.it": {
      after: { domain_name: "app.example.gov" },
      refersTo: { certificate_arn: "aws_acm_certificate.it" },
    },
  });
  const onListener = { ...made, servingKind: "application-listener", loadBalancer: "web-1" };
  expect(asked).toEqual([
    onListener,
    onListener,
    { ...made, servingKind: "http-domain-name", loadBalancer: "app.example.gov" },
  ]);
});

test("what is made on a listener that is there is judged by its ARN, and in a module by what is in that", () => {
  const there = { listener_arn: listener };
  const refersTo = { certificate_arn: "aws_acm_certificate.it" };
  expect(
    askedOfNew({
      'module.inner.aws_acm_certificate.it["a"]': certificate,
      "module.inner.aws_lb_listener_certificate.it": { after: there, refersTo },
      "aws_lb_listener_certificate.it": { after: there, refersTo },
    }),
  ).toEqual([{ ...made, ...here, servingKind: "network-listener", loadBalancer: "pay-1" }]);
});
