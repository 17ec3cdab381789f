/** What lists of the emulated AWS show and hide, their pages and their rates, asked by the SDK over a socket. */
import * as acm from "@aws-sdk/client-acm";
import { APIGatewayClient, GetDomainNamesCommand } from "@aws-sdk/client-api-gateway";
import { ApiGatewayV2Client, GetDomainNamesCommand as GetDomainNamesV2Command } from "@aws-sdk/client-apigatewayv2";
import * as classic from "@aws-sdk/client-elastic-load-balancing";
import * as elbv2 from "@aws-sdk/client-elastic-load-balancing-v2";
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { parseCertificate } from "../../../src/certificates/parse-certificate";
import type { AcmState, PastCertificate } from "../../../src/sandbox/aws/acm/acm-state";
import type { ImportedMaterial } from "../../../src/sandbox/aws/acm/imported-material";
import { calm } from "../../../src/sandbox/aws/aws-faults";
import { startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { createHttpsListener } from "../../support/query-client";
import { createTestCa, type TestCa, type TestLeafOptions } from "../../support/test-certificates";

let ca: TestCa;
let emulated: EmulatedAws;
let client: acm.ACMClient;
let state: AcmState;

beforeAll(async () => {
  ca = await createTestCa();
});

beforeEach(async () => {
  emulated = await startEmulatedAws();
  client = new acm.ACMClient(options());
  state = emulated.account.region("eu-west-1").acm;
});

afterEach(async () => {
  client.destroy();
  await emulated.close();
});

function options() {
  const { endpointUrl: endpoint, accessKeyId, secretAccessKey } = emulated.aws;
  return { endpoint, region: "eu-west-1", credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
}

async function materialOf(leafOptions: TestLeafOptions = {}): Promise<ImportedMaterial> {
  const { leafPem, privateKeyPem } = await ca.leaf(leafOptions);
  return {
    certificatePem: leafPem,
    chainPem: ca.intermediatePem,
    privateKeyPem,
    info: parseCertificate(leafPem),
    subject: "",
  };
}

const endpointArn = "arn:aws:acm:eu-west-1:111122223333:acme-endpoint/12345678-1234-1234-1234-123456789012";
const privateAuthorityArn =
  "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/12345678-1234-1234-1234-123456789012";

/** One of each origin with an RSA key, one with an EC key, one that is over, one without a name. */
async function place(): Promise<Readonly<Record<string, string>>> {
  const rsa = await materialOf({ key: "RSA_2048" });
  const now = new Date();
  const all: Readonly<Record<string, PastCertificate>> = {
    imported: { material: rsa, importedAt: now },
    ec: { material: await materialOf(), importedAt: now },
    over: { material: await materialOf({ key: "RSA_2048", notAfter: new Date("2025-06-01") }), importedAt: now },
    private: { material: rsa, privateAuthorityArn },
    acme: { material: rsa, acme: { endpointArn, accountId: "account-1" } },
    nameless: { material: await materialOf({ key: "RSA_2048", names: [] }), importedAt: now },
  };
  return Object.fromEntries(Object.entries(all).map(([name, facts]) => [name, state.place(facts, now).arn]));
}

/** Names of what a list shows, by ARN. */
function namesIn(arns: Readonly<Record<string, string>>, found: readonly { CertificateArn?: string }[] = []): string[] {
  const name = (arn: string | undefined) => Object.keys(arns).find((each) => arns[each] === arn) ?? "?";
  return found.map(({ CertificateArn }) => name(CertificateArn)).sort();
}

const keyTypes = Object.values(acm.KeyAlgorithm);
const CertificateKeyPairOrigins = Object.values(acm.CertificateKeyPairOrigin);

test("ListCertificates shows RSA up to 2,048 bits with a name, and nothing of an ACME endpoint, unless it is asked for", async () => {
  const arns = await place();
  const list = async (input: acm.ListCertificatesCommandInput) =>
    namesIn(arns, (await client.send(new acm.ListCertificatesCommand(input))).CertificateSummaryList);
  expect(await list({})).toEqual(["imported", "over", "private"]);
  expect(await list({ Includes: { keyTypes } })).toEqual(["ec", "imported", "nameless", "over", "private"]);
  expect(await list({ CertificateKeyPairOrigins })).toEqual(["acme", "imported", "over", "private"]);
  expect(await list({ CertificateKeyPairOrigins, Includes: { keyTypes } })).toEqual(Object.keys(arns).sort());
  expect(await list({ CertificateKeyPairOrigins: ["ACME"] })).toEqual(["acme"]);
  expect(await list({ CertificateStatuses: ["EXPIRED"] })).toEqual(["over"]);
  expect(await list({ Includes: { keyTypes, extendedKeyUsage: ["CODE_SIGNING"] } })).toEqual([]);
  await expect(list({ CertificateKeyPairOrigins: [] })).rejects.toMatchObject({ name: "ValidationException" });
  await expect(list({ SortBy: "CREATED_AT" })).rejects.toMatchObject({ name: "ValidationException" });
  await expect(list({ MaxItems: 1001 })).rejects.toMatchObject({ name: "ValidationException" });
});

test("DescribeCertificate tells where a certificate comes from; without its key it can be attached to nothing", async () => {
  const arns = await place();
  const describe = async (name: string) =>
    (await client.send(new acm.DescribeCertificateCommand({ CertificateArn: arns[name] }))).Certificate;
  expect(await describe("private")).toMatchObject({
    Type: "PRIVATE",
    CertificateAuthorityArn: privateAuthorityArn,
    CertificateKeyPairOrigin: "AWS_MANAGED",
  });
  expect(await describe("acme")).toMatchObject({
    Type: "AMAZON_ISSUED",
    AcmeEndpointArn: endpointArn,
    AcmeAccountId: "account-1",
    RenewalEligibility: "INELIGIBLE",
  });
  expect(await describe("over")).toMatchObject({ Type: "IMPORTED", Status: "EXPIRED" });
  const { arn: loadBalancerArn } = emulated.account.createLoadBalancer({ name: "web", region: "eu-west-1" });
  const aws = { ...emulated.aws, region: "eu-west-1" };
  const listen = (certificateArn = "") => createHttpsListener(aws, { loadBalancerArn, certificateArn });
  await expect(listen(arns.acme)).rejects.toThrow(/CertificateNotFound/);
  await listen(arns.private);
  expect(await describe("private")).toMatchObject({ RenewalEligibility: "ELIGIBLE" });
});

test("SearchCertificates hides nothing, and finds by statements", async () => {
  const arns = await place();
  const search = async (FilterStatement?: acm.CertificateFilterStatement) =>
    namesIn(arns, (await client.send(new acm.SearchCertificatesCommand({ FilterStatement }))).Results);
  const x509 = (X509AttributeFilter: acm.X509AttributeFilter) => ({ Filter: { X509AttributeFilter } });
  const metadata = (AcmCertificateMetadataFilter: acm.AcmCertificateMetadataFilter) => ({
    Filter: { AcmCertificateMetadataFilter },
  });
  expect(await search()).toEqual(Object.keys(arns).sort());
  expect(await search(x509({ KeyAlgorithm: "EC_prime256v1" }))).toEqual(["ec"]);
  expect(await search(x509({ NotAfter: { End: new Date() } }))).toEqual(["over"]);
  expect(await search(metadata({ CertificateKeyPairOrigin: "ACME" }))).toEqual(["acme"]);
  const imported = metadata({ Type: "IMPORTED" });
  expect(await search({ And: [imported, { Not: metadata({ Status: "EXPIRED" }) }] })).toEqual([
    "ec",
    "imported",
    "nameless",
  ]);
  expect(await search({ Or: [metadata({ Type: "PRIVATE" }), metadata({ Status: "EXPIRED" })] })).toEqual([
    "over",
    "private",
  ]);
  const named = (Value: string, ComparisonOperator: acm.ComparisonOperator) =>
    x509({ SubjectAlternativeName: { DnsName: { Value, ComparisonOperator } } });
  expect(await search({ And: [named("app.", "CONTAINS"), imported] })).toEqual(["ec", "imported", "over"]);
  expect(await search(named("app.", "EQUALS"))).toEqual([]);

  const { Results = [] } = await client.send(
    new acm.SearchCertificatesCommand({ FilterStatement: { Filter: { CertificateArn: arns.ec ?? "" } } }),
  );
  expect(Results).toMatchObject([
    {
      X509Attributes: {
        Issuer: { CommonName: "Test Intermediate" },
        KeyAlgorithm: "EC_prime256v1",
        SubjectAlternativeNames: [{ DnsName: "app.example.gov" }],
        SerialNumber: expect.stringMatching(/^[0-9a-f]{2}(:[0-9a-f]{2})+$/) as string,
      },
      CertificateMetadata: { AcmCertificateMetadata: { Type: "IMPORTED", Status: "ISSUED", InUse: false } },
    },
  ]);
});

test("SearchCertificates answers a hundred, or up to five hundred", async () => {
  const material = await materialOf();
  for (let count = 0; count < 230; count++) state.place({ material, importedAt: new Date() }, new Date());
  const search = (input: acm.SearchCertificatesCommandInput) => client.send(new acm.SearchCertificatesCommand(input));
  const first = await search({});
  expect(first.Results).toHaveLength(100);
  expect((await search({ NextToken: first.NextToken, MaxResults: 200 })).Results).toHaveLength(130);
  expect((await search({ MaxResults: 500 })).NextToken).toBeUndefined();
  await expect(search({ MaxResults: 501 })).rejects.toMatchObject({ name: "ValidationException" });
});

test("GetDomainNames of both versions answers 25, or up to 500, of the region that is asked", async () => {
  const material = await materialOf({ names: ["*.api.example.gov"] });
  const { arn: certificateArn } = state.place({ material, importedAt: new Date() }, new Date());
  for (let count = 0; count < 30; count++)
    await emulated.account.domainNames.create(
      {
        name: `n${count}.api.example.gov`,
        region: "eu-west-1",
        endpointType: "REGIONAL",
        certificateArn,
        securityPolicy: "TLS_1_2",
        tags: {},
      },
      new Date(),
    );
  const rest = new APIGatewayClient(options());
  const first = await rest.send(new GetDomainNamesCommand({}));
  expect(first.items).toHaveLength(25);
  const last = await rest.send(new GetDomainNamesCommand({ position: first.position }));
  expect(last.items).toHaveLength(5);
  expect(last.position).toBeUndefined();
  expect((await rest.send(new GetDomainNamesCommand({ limit: 500 }))).items).toHaveLength(30);
  const http = new ApiGatewayV2Client(options());
  const page = await http.send(new GetDomainNamesV2Command({ MaxResults: "20" }));
  expect(page.Items).toHaveLength(20);
  expect((await http.send(new GetDomainNamesV2Command({ NextToken: page.NextToken }))).Items).toHaveLength(10);
  const elsewhere = new APIGatewayClient({ ...options(), region: "us-east-1" });
  expect((await elsewhere.send(new GetDomainNamesCommand({}))).items).toEqual([]);
  for (const each of [rest, http, elsewhere]) each.destroy();
});

test("tags are told of twenty resources in a call", async () => {
  const v2 = new elbv2.ElasticLoadBalancingV2Client(options());
  const v1 = new classic.ElasticLoadBalancingClient(options());
  const arns = Array.from(
    { length: 21 },
    (_, index) => emulated.account.createLoadBalancer({ name: `web-${index}`, region: "eu-west-1" }).arn,
  );
  const tags = (ResourceArns: string[]) => v2.send(new elbv2.DescribeTagsCommand({ ResourceArns }));
  expect((await tags(arns.slice(1))).TagDescriptions).toHaveLength(20);
  const refused = { name: "ValidationError" };
  await expect(tags(arns)).rejects.toMatchObject(refused);
  const byArn = new elbv2.DescribeLoadBalancersCommand({ LoadBalancerArns: arns });
  await expect(v2.send(byArn)).rejects.toMatchObject(refused);
  await expect(v1.send(new classic.DescribeTagsCommand({ LoadBalancerNames: arns }))).rejects.toMatchObject(refused);
  for (const each of [v1, v2]) each.destroy();
});

test("GetResources knows what has a tag, by service and type", async () => {
  const tagging = new ResourceGroupsTaggingAPIClient(options());
  const now = new Date();
  const material = await materialOf();
  const certificate = state.place({ material, importedAt: now, tags: [["team", "edge"]] }, now).arn;
  state.place({ material, importedAt: now }, now);
  const [web, net] = (["application", "network"] as const).map((type) => {
    const made = emulated.account.createLoadBalancer({ name: type, type, region: "eu-west-1" });
    made.tags.set("team", "core");
    return made.arn;
  });
  const get = async (ResourceTypeFilters?: string[]) =>
    (await tagging.send(new GetResourcesCommand({ ResourceTypeFilters }))).ResourceTagMappingList?.map(
      ({ ResourceARN }) => ResourceARN,
    );
  expect(await get()).toEqual([certificate, web, net]);
  expect(await get(["acm:certificate"])).toEqual([certificate]);
  expect(await get(["elasticloadbalancing"])).toEqual([web, net]);
  expect(await get(["elasticloadbalancing:loadbalancer/net", "acm"])).toEqual([certificate, net]);
  const byArn = await tagging.send(new GetResourcesCommand({ ResourceARNList: [net ?? ""] }));
  expect(byArn.ResourceTagMappingList).toEqual([{ ResourceARN: net, Tags: [{ Key: "team", Value: "core" }] }]);
  await expect(
    tagging.send(new GetResourcesCommand({ ResourceARNList: [net ?? ""], ResourceTypeFilters: ["acm"] })),
  ).rejects.toMatchObject({ name: "InvalidParameterException" });
  tagging.destroy();
});

test("rates are AWS's, for each account and region; what is throttled is counted", async () => {
  emulated.account.faults = { ...calm, enforceRates: true };
  let now = Date.now();
  Object.assign(emulated.account, { now: () => new Date(now) });
  const v2 = new elbv2.ElasticLoadBalancingV2Client(options());
  const ask = async (times: number) => {
    const requests = Array.from({ length: times }, () => v2.send(new elbv2.DescribeLoadBalancersCommand({})));
    const answers = await Promise.allSettled(requests);
    const refusals = answers.flatMap((each) => (each.status === "rejected" ? [each.reason as Error] : []));
    return refusals.map(({ name }) => name);
  };
  expect(await ask(42)).toEqual(["Throttling", "Throttling"]);
  now += 1000;
  expect(await ask(11)).toHaveLength(1);
  expect(emulated.aws.rates.uses()).toMatchObject([
    { accountId: "111122223333", region: "eu-west-1", perSecond: 10, burst: 40, allowed: 50, throttled: 3 },
  ]);
  v2.destroy();
});
