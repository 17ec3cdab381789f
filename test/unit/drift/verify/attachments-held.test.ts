import { attachmentsHeld } from "../../../../src/drift/verify/attachments-held";

const [web, listener] = [
  "arn:aws:acm:us-east-1:1:certificate/web",
  "arn:aws:elasticloadbalancing:us-east-1:1:listener/app/a/b/c",
];

test.each([
  ["aws_lb_listener", { arn: listener, certificate_arn: web }, { kind: "listener", arn: listener, isDefault: true }],
  [
    "aws_lb_listener_certificate",
    { listener_arn: listener, certificate_arn: web },
    { kind: "listener", arn: listener, isDefault: false },
  ],
  [
    "unexpired_rollout",
    { listener_arn: listener, certificate_arn: web, role: "sni" },
    { kind: "listener", arn: listener, isDefault: false },
  ],
  [
    "unexpired_rollout",
    { listener_arn: null, classic_listener: { load_balancer_name: "old", port: 8443 }, certificate_arn: web },
    { kind: "classic", loadBalancerName: "old", port: 8443 },
  ],
  [
    "aws_elb",
    {
      name: "old",
      listener: [
        { lb_port: 80, ssl_certificate_id: "" },
        { lb_port: 443, ssl_certificate_id: web },
      ],
    },
    { kind: "classic", loadBalancerName: "old", port: 443 },
  ],
  [
    "aws_cloudfront_distribution",
    {
      domain_name: "d1.cloudfront.net",
      aliases: ["www.example.gov"],
      viewer_certificate: [{ acm_certificate_arn: web }],
    },
    { kind: "edge", hostName: "d1.cloudfront.net", names: ["www.example.gov"] },
  ],
  [
    "aws_api_gateway_domain_name",
    { domain_name: "api.example.gov", regional_domain_name: "r.aws", regional_certificate_arn: web },
    { kind: "edge", hostName: "r.aws", names: ["api.example.gov"] },
  ],
  [
    "aws_apigatewayv2_domain_name",
    {
      domain_name: "api.example.gov",
      domain_name_configuration: [{ certificate_arn: web, target_domain_name: "t.aws" }],
    },
    { kind: "edge", hostName: "t.aws", names: ["api.example.gov"] },
  ],
])("%s", (type, values, at) => {
  const held = [{ address: "it", type, values }];
  expect(attachmentsHeld(held)).toEqual([{ address: "it", certificateArn: web, at }]);
});

test("what serves no certificate is no attachment", () => {
  const values = { arn: listener, certificate_arn: null };
  expect(attachmentsHeld([{ address: "it", type: "aws_lb_listener", values }])).toEqual([]);
});
