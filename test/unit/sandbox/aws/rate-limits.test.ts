import { RateLimits } from "../../../../src/sandbox/aws/rate-limits";

test("one import per second and region; what has no published rate always passes", () => {
  const rates = new RateLimits();
  const at = (ms: number) => new Date(ms);
  const imports = (ms: number, region = "us-east-1") => rates.allows(region, "acm:ImportCertificate", at(ms));
  expect([imports(0), imports(0), imports(999), imports(1998)]).toEqual([true, false, false, true]);
  expect(imports(1998, "eu-west-1")).toBe(true);
  expect(
    Array.from({ length: 50 }, () => rates.allows("us-east-1", "elasticloadbalancing:ModifyListener", at(0))),
  ).not.toContain(false);
});

test("all requests to Route 53 share five per second", () => {
  const rates = new RateLimits();
  const actions = ["route53:GetChange", "route53:ListHostedZones", "route53:GetChange"];
  const passed = [...actions, ...actions].map((action) => rates.allows("us-east-1", action, new Date(0)));
  expect(passed).toEqual([true, true, true, true, true, false]);
});
