/** CloudFront of the emulated AWS, asked by the JavaScript SDK over a socket. */
import {
  CloudFrontClient,
  CreateDistributionCommand,
  CreateDistributionWithTagsCommand,
  DeleteDistributionCommand,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  ListDistributionsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateDistributionCommand,
  type DistributionConfig,
} from "@aws-sdk/client-cloudfront";
import { parseCertificate } from "../../../src/certificates/parse-certificate";
import { shakeHands } from "../../../src/rollout/shake-hands";
import { calm } from "../../../src/sandbox/aws/aws-faults";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { createTestCa, type TestCa, type TestLeafOptions } from "../../support/test-certificates";

let ca: TestCa;
let emulated: EmulatedAws;
let cloudFront: CloudFrontClient;

beforeAll(async () => {
  ca = await createTestCa();
});

beforeEach(async () => {
  emulated = await startEmulatedAws();
  const { endpointUrl, region, accessKeyId, secretAccessKey } = emulated.aws;
  const credentials = { accessKeyId, secretAccessKey };
  cloudFront = new CloudFrontClient({ endpoint: endpointUrl, region, credentials, maxAttempts: 1 });
});

afterEach(async () => {
  cloudFront.destroy();
  await emulated.close();
});

async function importLeaf(options: TestLeafOptions, region = "us-east-1") {
  const material = await materialOf(ca, options);
  const arn = await emulated
    .access()
    .certificates(region)
    .importNew({ ...material, tags: {} });
  return { arn, serial: parseCertificate(material.certificatePem).serial };
}

const www = ["www.example.gov"];

function config(reference: string, certificateArn?: string, aliases: string[] = []): DistributionConfig {
  return {
    CallerReference: reference,
    Comment: "",
    Enabled: true,
    Aliases: { Quantity: aliases.length, Items: aliases },
    Origins: {
      Quantity: 1,
      Items: [
        {
          Id: "web",
          DomainName: "origin.example.gov",
          CustomOriginConfig: {
            HTTPPort: 80,
            HTTPSPort: 443,
            OriginProtocolPolicy: "https-only",
            OriginSslProtocols: { Quantity: 1, Items: ["TLSv1.2"] },
          },
        },
      ],
    },
    DefaultCacheBehavior: {
      TargetOriginId: "web",
      ViewerProtocolPolicy: "redirect-to-https",
      ForwardedValues: { QueryString: true, Cookies: { Forward: "none" } },
    },
    ViewerCertificate:
      certificateArn === undefined
        ? { CloudFrontDefaultCertificate: true }
        : {
            ACMCertificateArn: certificateArn,
            SSLSupportMethod: "sni-only",
            MinimumProtocolVersion: "TLSv1.2_2021",
          },
  };
}

const create = (wanted: DistributionConfig) =>
  cloudFront.send(new CreateDistributionCommand({ DistributionConfig: wanted }));

test("keeps a distribution with what CloudFront adds, and says which version it is", async () => {
  const { arn } = await importLeaf({ names: www });
  const made = await cloudFront.send(
    new CreateDistributionWithTagsCommand({
      DistributionConfigWithTags: {
        DistributionConfig: config("one", arn, www),
        Tags: { Items: [{ Key: "team", Value: "web" }] },
      },
    }),
  );
  const { Id = "", ARN = "", DomainName } = made.Distribution ?? {};
  expect(ARN).toBe(`arn:aws:cloudfront::111122223333:distribution/${Id}`);
  expect(DomainName).toMatch(/^d[0-9a-f]{13}\.cloudfront\.net$/);

  const found = await cloudFront.send(new GetDistributionCommand({ Id }));
  expect(found.ETag).toBe(made.ETag);
  expect(found.Distribution).toMatchObject({ Status: "Deployed", InProgressInvalidationBatches: 0 });
  const kept = await cloudFront.send(new GetDistributionConfigCommand({ Id }));
  expect(kept.DistributionConfig).toEqual(found.Distribution?.DistributionConfig);
  expect(kept.DistributionConfig).toMatchObject({
    Aliases: { Quantity: 1, Items: www },
    CacheBehaviors: { Quantity: 0 },
    HttpVersion: "http2",
    IsIPV6Enabled: false,
    PriceClass: "PriceClass_All",
    Restrictions: { GeoRestriction: { RestrictionType: "none", Quantity: 0 } },
    Origins: { Items: [{ ConnectionAttempts: 3, CustomOriginConfig: { OriginReadTimeout: 30 } }] },
    DefaultCacheBehavior: { DefaultTTL: 86_400, AllowedMethods: { Items: ["HEAD", "GET"] } },
    ViewerCertificate: {
      ACMCertificateArn: arn,
      CertificateSource: "acm",
      CloudFrontDefaultCertificate: false,
      MinimumProtocolVersion: "TLSv1.2_2021",
    },
  });
  const { DistributionList } = await cloudFront.send(new ListDistributionsCommand({}));
  expect(DistributionList).toMatchObject({ Quantity: 1, IsTruncated: false, Items: [{ Id, Aliases: { Items: www } }] });

  const tags = async () => (await cloudFront.send(new ListTagsForResourceCommand({ Resource: ARN }))).Tags?.Items;
  expect(await tags()).toEqual([{ Key: "team", Value: "web" }]);
  const stage = [{ Key: "stage", Value: "test" }];
  await cloudFront.send(new TagResourceCommand({ Resource: ARN, Tags: { Items: stage } }));
  await cloudFront.send(new UntagResourceCommand({ Resource: ARN, TagKeys: { Items: ["team"] } }));
  expect(await tags()).toEqual(stage);
});

test("serves its certificate, the next one and a re-import, and is named by ACM as its user", async () => {
  const [first, second] = [await importLeaf({ names: www }), await importLeaf({ names: www })];
  const { Distribution, ETag } = await create(config("one", first.arn, www));
  const { Id = "", ARN = "" } = Distribution ?? {};
  const served = async () => {
    const address = emulated.account.frontEnd(ARN);
    if (address === undefined) throw new Error("no front end");
    return (await shakeHands({ ...address, serverName: "www.example.gov", ca: ca.rootPem })).serial;
  };
  const usersOf = async (arn: string) => (await emulated.access().certificates().describe(arn))?.inUseBy;
  expect(await served()).toBe(first.serial);
  expect(await usersOf(first.arn)).toEqual([ARN]);

  await cloudFront.send(
    new UpdateDistributionCommand({ Id, IfMatch: ETag, DistributionConfig: config("one", second.arn, www) }),
  );
  expect(await served()).toBe(second.serial);
  expect([await usersOf(first.arn), await usersOf(second.arn)]).toEqual([[], [ARN]]);

  const material = await materialOf(ca, { names: www });
  await emulated.access().certificates().reimport(second.arn, material);
  expect(await served()).toBe(parseCertificate(material.certificatePem).serial);
});

test("a change is under way for a while, and only what is disabled everywhere is deleted", async () => {
  let now = new Date();
  await emulated.close();
  emulated = await startEmulatedAws({ now: () => now, faults: { ...calm, propagationDelayMs: 60_000 } });
  const { endpointUrl, region, accessKeyId, secretAccessKey } = emulated.aws;
  const credentials = { accessKeyId, secretAccessKey };
  cloudFront.destroy();
  cloudFront = new CloudFrontClient({ endpoint: endpointUrl, region, credentials, maxAttempts: 1 });

  const { Distribution, ETag } = await create(config("one"));
  const { Id = "", Status } = Distribution ?? {};
  expect(Status).toBe("InProgress");
  now = new Date(now.getTime() + 60_000);
  expect((await cloudFront.send(new GetDistributionCommand({ Id }))).Distribution?.Status).toBe("Deployed");

  const remove = (IfMatch?: string) => cloudFront.send(new DeleteDistributionCommand({ Id, IfMatch }));
  await expect(remove()).rejects.toMatchObject({ name: "InvalidIfMatchVersion" });
  await expect(remove("E1")).rejects.toMatchObject({ name: "PreconditionFailed" });
  await expect(remove(ETag)).rejects.toMatchObject({ name: "DistributionNotDisabled" });
  const off = await cloudFront.send(
    new UpdateDistributionCommand({
      Id,
      IfMatch: ETag,
      DistributionConfig: { ...config("one"), Enabled: false },
    }),
  );
  await expect(remove(off.ETag)).rejects.toMatchObject({ name: "DistributionNotDisabled" });
  now = new Date(now.getTime() + 60_000);
  await remove(off.ETag);
  await expect(cloudFront.send(new GetDistributionCommand({ Id }))).rejects.toMatchObject({
    name: "NoSuchDistribution",
  });
});

describe("refuses", () => {
  test.each<[string, TestLeafOptions, string, string[]]>([
    ["a certificate of another region", { names: www }, "eu-west-1", www],
    ["a key P-384", { names: www, key: "EC_secp384r1" }, "us-east-1", www],
    ["an alias that the certificate is not good for", { names: www }, "us-east-1", ["api.example.gov"]],
    ["a wildcard alias of a certificate for one name", { names: www }, "us-east-1", ["*.example.gov"]],
  ])("%s", async (_, leaf, region, aliases) => {
    const { arn } = await importLeaf(leaf, region);
    await expect(create(config("one", arn, aliases))).rejects.toMatchObject({ name: "InvalidViewerCertificate" });
  });

  test("aliases beside CloudFront's own certificate", async () => {
    await expect(create(config("one", undefined, www))).rejects.toMatchObject({ name: "InvalidViewerCertificate" });
  });

  test("an alias that another distribution has, a used reference, and an origin that is none", async () => {
    const { arn } = await importLeaf({ names: ["*.example.gov"] });
    await create(config("one", arn, www));
    await expect(create(config("two", arn, ["WWW.example.gov"]))).rejects.toMatchObject({
      name: "CNAMEAlreadyExists",
      $metadata: { httpStatusCode: 409 },
    });
    await expect(create(config("one"))).rejects.toMatchObject({ name: "DistributionAlreadyExists" });
    const { DefaultCacheBehavior: behavior, ...rest } = config("three");
    const other = { ...rest, DefaultCacheBehavior: { ...behavior, TargetOriginId: "other" } } as DistributionConfig;
    await expect(create(other)).rejects.toMatchObject({ name: "NoSuchOrigin" });
  });

  test("to delete a certificate that a distribution serves", async () => {
    const { arn } = await importLeaf({ names: www });
    await create(config("one", arn, www));
    await expect(emulated.access().certificates().delete(arn)).rejects.toMatchObject({ code: "aws_in_use" });
  });
});
