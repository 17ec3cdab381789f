/** Rollouts where there is one certificate and no list, against the emulated AWS. */
import type { DistributionConfig } from "@aws-sdk/client-cloudfront";
import type { AwsAccess } from "../../../src/aws/aws-access";
import { distributionTarget } from "../../../src/rollout/distribution-target";
import { httpDomainNameTarget, restDomainNameTarget } from "../../../src/rollout/domain-name-targets";
import { rollBack } from "../../../src/rollout/roll-back";
import { rollOut } from "../../../src/rollout/roll-out";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { createTestCa, type TestCa } from "../../support/test-certificates";

let ca: TestCa;
let emulated: EmulatedAws;
let access: AwsAccess;

beforeAll(async () => {
  ca = await createTestCa();
});
beforeEach(async () => {
  emulated = await startEmulatedAws();
  access = emulated.access();
});
afterEach(() => emulated.close());

const name = "www.example.gov";

async function importOne(region?: string): Promise<string> {
  const material = await materialOf(ca, { names: [name] });
  return access.certificates(region).importNew({ ...material, tags: {} });
}

function distribution(ACMCertificateArn: string): DistributionConfig {
  return {
    CallerReference: "one",
    Comment: "kept",
    Enabled: true,
    Aliases: { Quantity: 1, Items: [name] },
    Origins: {
      Quantity: 1,
      Items: [{ Id: "web", DomainName: "origin.example.gov", S3OriginConfig: { OriginAccessIdentity: "" } }],
    },
    DefaultCacheBehavior: {
      TargetOriginId: "web",
      ViewerProtocolPolicy: "redirect-to-https",
      ForwardedValues: { QueryString: true, Cookies: { Forward: "none" } },
    },
    ViewerCertificate: { ACMCertificateArn, SSLSupportMethod: "sni-only", MinimumProtocolVersion: "TLSv1.2_2019" },
  };
}

test("a distribution keeps everything but its certificate, also when somebody else changes it meanwhile", async () => {
  const [old, next] = [await importOne("us-east-1"), await importOne("us-east-1")];
  const distributions = access.distributions();
  const { id } = await distributions.create(distribution(old), {});
  const plainGet = distributions.get.bind(distributions);
  let looks = 0;
  distributions.get = async (...args) => {
    const found = await plainGet(...args);
    const { DistributionConfig: config } = found.distribution;
    // after the look that precedes the update
    if (++looks === 2 && config) await distributions.update(found, { ...config, Comment: "changed by somebody" });
    return found;
  };
  const target = distributionTarget(distributions, id);
  expect(await rollOut(target, { certificateArn: next, role: "default" })).toEqual({
    changedDefault: true,
    formerDefaultArn: old,
  });
  expect((await plainGet(id)).distribution.DistributionConfig).toMatchObject({
    Comment: "changed by somebody",
    ViewerCertificate: {
      ACMCertificateArn: next,
      SSLSupportMethod: "sni-only",
      MinimumProtocolVersion: "TLSv1.2_2019",
    },
  });
  expect(await rollBack(target, { certificateArn: next, role: "default", formerDefaultArn: old })).toBe("done");
  expect(await target.served()).toEqual({ defaultArn: old, sniArns: [] });
});

test.each([
  ["a regional", "eu-west-1", "REGIONAL", "regionalCertificateArn"],
  ["an edge-optimized", "us-east-1", "EDGE", "certificateArn"],
] as const)("%s domain name of REST APIs", async (_, region, type, property) => {
  const [old, next] = [await importOne(region), await importOne(region)];
  const domainNames = access.restApiDomainNames("eu-west-1");
  await domainNames.create({ domainName: name, endpointConfiguration: { types: [type] }, [property]: old });
  const target = restDomainNameTarget(domainNames, name);
  expect(await rollOut(target, { certificateArn: next, role: "default" })).toMatchObject({ formerDefaultArn: old });
  expect(await domainNames.get(name)).toMatchObject({ [property]: next, endpointConfiguration: { types: [type] } });
});

test("a domain name of HTTP APIs keeps its type and its security policy", async () => {
  const [old, next] = [await importOne(), await importOne()];
  const domainNames = access.httpApiDomainNames();
  await domainNames.create(name, { CertificateArn: old, EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2" });
  const target = httpDomainNameTarget(domainNames, name);
  expect(await rollOut(target, { certificateArn: next, role: "default" })).toMatchObject({ formerDefaultArn: old });
  expect((await domainNames.get(name)).DomainNameConfigurations?.[0]).toMatchObject({
    CertificateArn: next,
    EndpointType: "REGIONAL",
    SecurityPolicy: "TLS_1_2",
  });
});
