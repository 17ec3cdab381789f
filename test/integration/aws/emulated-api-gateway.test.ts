/** Custom domain names of API Gateway in the emulated AWS, asked by both JavaScript SDKs over a socket. */
import * as v1 from "@aws-sdk/client-api-gateway";
import * as v2 from "@aws-sdk/client-apigatewayv2";
import { parseCertificate } from "../../../src/certificates/parse-certificate";
import { shakeHands } from "../../../src/rollout/shake-hands";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { createTestCa, type TestCa, type TestLeafOptions } from "../../support/test-certificates";

let ca: TestCa;
let emulated: EmulatedAws;
let rest: v1.APIGatewayClient;
let http: v2.ApiGatewayV2Client;

beforeAll(async () => {
  ca = await createTestCa();
});

beforeEach(async () => {
  emulated = await startEmulatedAws();
  const { endpointUrl: endpoint, accessKeyId, secretAccessKey } = emulated.aws;
  const options = { endpoint, region: "eu-west-1", credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
  rest = new v1.APIGatewayClient(options);
  http = new v2.ApiGatewayV2Client(options);
});

afterEach(async () => {
  rest.destroy();
  http.destroy();
  await emulated.close();
});

const domainName = "api.example.gov";

async function importLeaf(region: string, options: TestLeafOptions = { names: [domainName] }) {
  const material = await materialOf(ca, options);
  const arn = await emulated
    .access()
    .certificates(region)
    .importNew({ ...material, tags: {} });
  return { arn, serial: parseCertificate(material.certificatePem).serial };
}

const regional = { types: ["REGIONAL" as const] };

async function servedSerial(): Promise<string> {
  const address = emulated.account.frontEnd(`arn:aws:apigateway:eu-west-1::/domainnames/${domainName}`);
  if (address === undefined) throw new Error("no front end");
  return (await shakeHands({ ...address, serverName: domainName, ca: ca.rootPem })).serial;
}

test("version 1, regional: made, patched, seen by ACM, deleted", async () => {
  const [first, second] = [await importLeaf("eu-west-1"), await importLeaf("eu-west-1")];
  const made = await rest.send(
    new v1.CreateDomainNameCommand({
      domainName,
      endpointConfiguration: regional,
      regionalCertificateArn: first.arn,
      tags: { team: "api" },
    }),
  );
  expect(made).toMatchObject({
    domainName,
    regionalCertificateArn: first.arn,
    domainNameStatus: "AVAILABLE",
    securityPolicy: "TLS_1_2",
    tags: { team: "api" },
  });
  expect(made.regionalDomainName).toMatch(/^d-[0-9a-f]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/);
  expect(await servedSerial()).toBe(first.serial);

  const patchOperations = [{ op: "replace" as const, path: "/regionalCertificateArn", value: second.arn }];
  await rest.send(new v1.UpdateDomainNameCommand({ domainName, patchOperations }));
  expect(await rest.send(new v1.GetDomainNameCommand({ domainName }))).toMatchObject({
    regionalCertificateArn: second.arn,
  });
  expect(await servedSerial()).toBe(second.serial);
  const usersOf = async (arn: string) => (await emulated.access().certificates("eu-west-1").describe(arn))?.inUseBy;
  expect(await usersOf(first.arn)).toEqual([]);
  expect(await usersOf(second.arn)).toEqual([expect.stringMatching(/^arn:aws:elasticloadbalancing:eu-west-1:/)]);

  await rest.send(new v1.DeleteDomainNameCommand({ domainName }));
  await expect(rest.send(new v1.GetDomainNameCommand({ domainName }))).rejects.toMatchObject({
    name: "NotFoundException",
  });
  expect(await usersOf(second.arn)).toEqual([]);
});

test("version 1, edge-optimized: its certificate stands in us-east-1", async () => {
  const edge = (certificateArn: string) => rest.send(new v1.CreateDomainNameCommand({ domainName, certificateArn }));
  const here = await importLeaf("eu-west-1");
  await expect(edge(here.arn)).rejects.toMatchObject({ name: "BadRequestException" });
  const { arn } = await importLeaf("us-east-1");
  const made = await edge(arn);
  expect(made).toMatchObject({ certificateArn: arn, endpointConfiguration: { types: ["EDGE"] } });
  expect(made.certificateUploadDate).toBeInstanceOf(Date);
  expect(made.distributionDomainName).toMatch(/\.cloudfront\.net$/);
});

test("version 2: made, updated, deleted; both versions have the same names", async () => {
  const [first, second] = [await importLeaf("eu-west-1"), await importLeaf("eu-west-1")];
  const configured = (CertificateArn: string) => ({
    DomainName: domainName,
    DomainNameConfigurations: [
      { CertificateArn, EndpointType: "REGIONAL" as const, SecurityPolicy: "TLS_1_2" as const },
    ],
  });
  await http.send(new v2.CreateDomainNameCommand(configured(first.arn)));
  await expect(http.send(new v2.CreateDomainNameCommand(configured(first.arn)))).rejects.toMatchObject({
    name: "ConflictException",
  });
  await http.send(new v2.UpdateDomainNameCommand(configured(second.arn)));
  expect(await http.send(new v2.GetDomainNameCommand({ DomainName: domainName }))).toMatchObject({
    ApiMappingSelectionExpression: "$request.basepath",
    DomainNameConfigurations: [{ CertificateArn: second.arn, DomainNameStatus: "AVAILABLE" }],
  });
  expect(await rest.send(new v1.GetDomainNameCommand({ domainName }))).toMatchObject({
    regionalCertificateArn: second.arn,
  });
  expect(await servedSerial()).toBe(second.serial);
  await http.send(new v2.DeleteDomainNameCommand({ DomainName: domainName }));
  expect(emulated.account.domainNames.all()).toEqual([]);
});

test.each<[string, TestLeafOptions, "EDGE" | "REGIONAL"]>([
  ["a certificate for another name", { names: ["www.example.gov"] }, "REGIONAL"],
  ["a key P-384 at the edge", { names: [domainName], key: "EC_secp384r1" }, "EDGE"],
])("refuses %s", async (_, leaf, type) => {
  const { arn } = await importLeaf(type === "EDGE" ? "us-east-1" : "eu-west-1", leaf);
  const certificate = type === "EDGE" ? { certificateArn: arn } : { regionalCertificateArn: arn };
  const wanted = { domainName, endpointConfiguration: { types: [type] }, ...certificate };
  await expect(rest.send(new v1.CreateDomainNameCommand(wanted))).rejects.toMatchObject({
    name: "BadRequestException",
  });
});

test("tags of both versions are the same ones", async () => {
  const { arn: regionalCertificateArn } = await importLeaf("eu-west-1");
  const wanted = { domainName, endpointConfiguration: regional, regionalCertificateArn };
  const { domainNameArn: resourceArn = "" } = await rest.send(new v1.CreateDomainNameCommand(wanted));
  await rest.send(new v1.TagResourceCommand({ resourceArn, tags: { team: "api", tier: "1" } }));
  await http.send(new v2.TagResourceCommand({ ResourceArn: resourceArn, Tags: { owner: "web" } }));
  expect((await http.send(new v2.GetTagsCommand({ ResourceArn: resourceArn }))).Tags).toEqual({
    team: "api",
    tier: "1",
    owner: "web",
  });
  await http.send(new v2.UntagResourceCommand({ ResourceArn: resourceArn, TagKeys: ["team", "tier"] }));
  expect((await rest.send(new v1.GetTagsCommand({ resourceArn }))).tags).toEqual({ owner: "web" });
  await rest.send(new v1.UntagResourceCommand({ resourceArn, tagKeys: ["owner"] }));
  expect((await rest.send(new v1.GetDomainNameCommand({ domainName }))).tags).toEqual({});
  await expect(
    rest.send(new v1.TagResourceCommand({ resourceArn, tags: { "aws:team": "api" } })),
  ).rejects.toMatchObject({ name: "BadRequestException" });
  await expect(
    rest.send(new v1.TagResourceCommand({ resourceArn: `${resourceArn}x`, tags: {} })),
  ).rejects.toMatchObject({ name: "NotFoundException" });
});

test("refuses what has no certificate, in AWS's words", async () => {
  const wanted = { domainName, endpointConfiguration: { types: ["EDGE" as const] } };
  await expect(rest.send(new v1.CreateDomainNameCommand(wanted))).rejects.toThrow(
    "A certificate was not provided for the endpoint type EDGE.",
  );
});
