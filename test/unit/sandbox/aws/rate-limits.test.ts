import { classicElbService } from "../../../../src/sandbox/aws/elb/classic-elb-service";
import { acmService } from "../../../../src/sandbox/aws/acm/acm-service";
import { elbService } from "../../../../src/sandbox/aws/elbv2/elb-service";
import { bucketOf, RateLimits, type Bucket, type Place } from "../../../../src/sandbox/aws/rate-limits";
import { route53Service } from "../../../../src/sandbox/aws/route53/route53-service";

const here: Place = { accountId: "111122223333", region: "us-east-1" };
const at = (ms: number) => new Date(ms);

/** How many of so many requests at one moment pass. */
function passed(rates: RateLimits, bucket: Bucket | undefined, count: number, ms = 0): number {
  return Array.from({ length: count }, () => rates.allows(bucket, here, at(ms))).filter(Boolean).length;
}

test("one import per second, region and account; what has no published rate always passes", () => {
  const rates = new RateLimits();
  const bucket = bucketOf(acmService, "ImportCertificate");
  const imports = (ms: number, place = here) => rates.allows(bucket, place, at(ms));
  expect([imports(0), imports(0), imports(999), imports(1998)]).toEqual([true, false, false, true]);
  expect(imports(1998, { ...here, region: "eu-west-1" })).toBe(true);
  expect(imports(1998, { ...here, accountId: "999988887777" })).toBe(true);
  expect(passed(rates, bucketOf(elbService, "ModifyListener"), 50)).toBe(50);
});

test("forty Describe requests at once and ten a second after that, for each version of Elastic Load Balancing", () => {
  const rates = new RateLimits();
  const listeners = bucketOf(elbService, "DescribeListeners");
  const tags = bucketOf(elbService, "DescribeTags");
  expect(passed(rates, listeners, 30) + passed(rates, tags, 30)).toBe(40);
  expect(passed(rates, tags, 30, 1000)).toBe(10);
  expect(passed(rates, bucketOf(classicElbService, "DescribeLoadBalancers"), 50)).toBe(40);
});

test("all requests to Route 53 share five per second", () => {
  const rates = new RateLimits();
  const actions = ["GetChange", "ListHostedZones", "GetChange", "GetChange", "ListHostedZones", "GetChange"];
  const allowed = actions.map((action) => rates.allows(bucketOf(route53Service, action), here, at(0)));
  expect(allowed).toEqual([true, true, true, true, true, false]);
});

test("counts what passed and what was throttled", () => {
  const rates = new RateLimits();
  passed(rates, bucketOf(acmService, "ListCertificates"), 11);
  expect(rates.uses()).toEqual([
    { ...here, name: "acm:ListCertificates", perSecond: 8, burst: 8, allowed: 8, throttled: 3 },
  ]);
});
