/** Server certificates of IAM in the emulated AWS, asked by the SDK over a socket, and served by front ends. */
import {
  DeleteServerCertificateCommand,
  GetServerCertificateCommand,
  IAMClient,
  ListServerCertificatesCommand,
  ListServerCertificateTagsCommand,
  TagServerCertificateCommand,
  UntagServerCertificateCommand,
  UploadServerCertificateCommand,
} from "@aws-sdk/client-iam";
import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  ElasticLoadBalancingClient,
} from "@aws-sdk/client-elastic-load-balancing";
import { CloudFrontClient, CreateDistributionCommand, GetDistributionCommand } from "@aws-sdk/client-cloudfront";
import { parseCertificate } from "../../../src/certificates/parse-certificate";
import { shakeHands } from "../../../src/rollout/shake-hands";
import { startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { createHttpsListener, queryElb } from "../../support/query-client";
import { createTestCa, type TestCa, type TestLeaf } from "../../support/test-certificates";

let ca: TestCa;
let emulated: EmulatedAws;
let iam: IAMClient;

beforeAll(async () => {
  ca = await createTestCa();
});

beforeEach(async () => {
  emulated = await startEmulatedAws();
  iam = new IAMClient(options());
});

afterEach(async () => {
  iam.destroy();
  await emulated.close();
});

function options() {
  const { endpointUrl: endpoint, accessKeyId, secretAccessKey } = emulated.aws;
  return { endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
}

async function upload(name: string, { path, leaf }: { path?: string; leaf?: TestLeaf } = {}) {
  const { leafPem, privateKeyPem } = leaf ?? (await ca.leaf());
  const { ServerCertificateMetadata: made } = await iam.send(
    new UploadServerCertificateCommand({
      ServerCertificateName: name,
      Path: path,
      CertificateBody: leafPem,
      PrivateKey: privateKeyPem,
      CertificateChain: ca.intermediatePem,
      Tags: [{ Key: "team", Value: "edge" }],
    }),
  );
  return { arn: made?.Arn ?? "", id: made?.ServerCertificateId ?? "", serial: parseCertificate(leafPem).serial };
}

test("uploaded, listed by path and in pages, read with its tags, deleted", async () => {
  const { arn, id } = await upload("old-web", { path: "/cloudfront/web/" });
  expect(arn).toBe("arn:aws:iam::111122223333:server-certificate/cloudfront/web/old-web");
  expect(id).toMatch(/^ASCA[A-Z0-9]{17}$/);
  await upload("other");
  const listed = await iam.send(new ListServerCertificatesCommand({ PathPrefix: "/cloudfront/" }));
  expect(listed.ServerCertificateMetadataList).toMatchObject([
    { ServerCertificateName: "old-web", Path: "/cloudfront/web/", Expiration: new Date("2035-01-01") },
  ]);
  const page = await iam.send(new ListServerCertificatesCommand({ MaxItems: 1 }));
  expect(page).toMatchObject({ IsTruncated: true, ServerCertificateMetadataList: [{ Arn: arn }] });
  const rest = await iam.send(new ListServerCertificatesCommand({ Marker: page.Marker }));
  expect(rest).toMatchObject({
    IsTruncated: false,
    ServerCertificateMetadataList: [{ ServerCertificateName: "other" }],
  });

  const ServerCertificateName = "old-web";
  const Tags = [{ Key: "owner", Value: "us" }];
  await iam.send(new TagServerCertificateCommand({ ServerCertificateName, Tags }));
  const { ServerCertificate: read } = await iam.send(new GetServerCertificateCommand({ ServerCertificateName }));
  expect(read?.CertificateChain).toContain("BEGIN CERTIFICATE");
  expect(read?.Tags).toEqual([...Tags, { Key: "team", Value: "edge" }]);
  await iam.send(new UntagServerCertificateCommand({ ServerCertificateName, TagKeys: ["team"] }));
  const { Tags: left } = await iam.send(new ListServerCertificateTagsCommand({ ServerCertificateName }));
  expect(left).toEqual(Tags);
  await iam.send(new DeleteServerCertificateCommand({ ServerCertificateName }));
  await expect(iam.send(new GetServerCertificateCommand({ ServerCertificateName }))).rejects.toMatchObject({
    name: "NoSuchEntityException",
    $metadata: { httpStatusCode: 404 },
  });
});

test("load balancers of both generations serve it, and it cannot be deleted meanwhile", async () => {
  const { arn, serial } = await upload("old-web");
  const { arn: loadBalancerArn } = emulated.account.createLoadBalancer({ name: "web" });
  const listenerArn = await createHttpsListener(emulated.aws, { loadBalancerArn, certificateArn: arn });
  const classic = new ElasticLoadBalancingClient(options());
  const listener = { Protocol: "HTTPS", LoadBalancerPort: 443, InstancePort: 80, SSLCertificateId: arn };
  const LoadBalancerName = "old";
  await classic.send(
    new CreateLoadBalancerCommand({ LoadBalancerName, Listeners: [listener], AvailabilityZones: ["us-east-1a"] }),
  );
  const classicArn = `arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/${LoadBalancerName}`;
  for (const id of [listenerArn, `${classicArn}:443`]) {
    const address = emulated.account.frontEnd(id);
    if (address === undefined) throw new Error(`no front end for ${id}`);
    expect((await shakeHands({ ...address, serverName: "app.example.gov", ca: ca.rootPem })).serial).toBe(serial);
  }
  const remove = () => iam.send(new DeleteServerCertificateCommand({ ServerCertificateName: "old-web" }));
  await expect(remove()).rejects.toMatchObject({ name: "DeleteConflictException" });
  await queryElb(emulated.aws, { Action: "DeleteListener", ListenerArn: listenerArn });
  await expect(remove()).rejects.toMatchObject({ message: expect.stringContaining(classicArn) as string });
  await classic.send(new DeleteLoadBalancerCommand({ LoadBalancerName }));
  await remove();
  classic.destroy();
});

test("a distribution takes it by its ID, if it is below /cloudfront/", async () => {
  const cloudFront = new CloudFrontClient(options());
  const create = (CallerReference: string, IAMCertificateId: string) =>
    cloudFront.send(
      new CreateDistributionCommand({
        DistributionConfig: {
          CallerReference,
          Comment: "",
          Enabled: true,
          Aliases: { Quantity: 1, Items: ["app.example.gov"] },
          Origins: {
            Quantity: 1,
            Items: [{ Id: "o", DomainName: "origin.example.gov", S3OriginConfig: { OriginAccessIdentity: "" } }],
          },
          DefaultCacheBehavior: {
            TargetOriginId: "o",
            ViewerProtocolPolicy: "redirect-to-https",
            CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
          },
          ViewerCertificate: { IAMCertificateId, SSLSupportMethod: "sni-only" },
        },
      }),
    );
  const elsewhere = await upload("elsewhere");
  await expect(create("one", elsewhere.id)).rejects.toMatchObject({ name: "InvalidViewerCertificate" });
  const { id, serial } = await upload("edge", { path: "/cloudfront/" });
  const { Distribution: made } = await create("two", id);
  const read = await cloudFront.send(new GetDistributionCommand({ Id: made?.Id }));
  expect(read.Distribution?.DistributionConfig?.ViewerCertificate).toMatchObject({
    IAMCertificateId: id,
    Certificate: id,
    CertificateSource: "iam",
  });
  const address = emulated.account.frontEnd(made?.ARN ?? "");
  if (address === undefined) throw new Error("no front end");
  expect((await shakeHands({ ...address, serverName: "app.example.gov", ca: ca.rootPem })).serial).toBe(serial);
  await expect(iam.send(new DeleteServerCertificateCommand({ ServerCertificateName: "edge" }))).rejects.toMatchObject({
    name: "DeleteConflictException",
  });
  cloudFront.destroy();
});

test("what IAM refuses to keep", async () => {
  const [leaf, other] = [await ca.leaf(), await ca.leaf()];
  await upload("Web", { leaf });
  await expect(upload("web")).rejects.toMatchObject({ name: "EntityAlreadyExistsException" });
  const mixed = { ...leaf, privateKeyPem: other.privateKeyPem };
  await expect(upload("mixed", { leaf: mixed })).rejects.toMatchObject({ name: "KeyPairMismatchException" });
  const over = await ca.leaf({ notAfter: new Date("2025-06-01") });
  await expect(upload("over", { leaf: over })).rejects.toMatchObject({ name: "MalformedCertificateException" });
  const strange = await (await createTestCa()).leaf();
  await expect(upload("strange", { leaf: strange })).rejects.toMatchObject({ name: "MalformedCertificateException" });
  emulated.account.faults = { ...emulated.account.faults, serverCertificateQuota: 1 };
  await expect(upload("more")).rejects.toMatchObject({ name: "LimitExceededException" });
});
