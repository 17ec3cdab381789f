import { CloudFrontClient, CreateDistributionCommand } from "@aws-sdk/client-cloudfront";
import { IAMClient, UploadServerCertificateCommand } from "@aws-sdk/client-iam";
import { createSecureContext } from "node:tls";
import { systemClock } from "../../../src/platform/clock";
import { parseCertificate } from "../../../src/certificates/parse-certificate";
import { parseConnectTo } from "../../../src/rollout/connect-to";
import type { Estate } from "../../../src/manage-certs/scan/estate";
import { scanEstate, type ScanOptions } from "../../../src/manage-certs/scan/scan-estate";
import { AwsAccount } from "../../../src/sandbox/aws/aws-account";
import { calm, hostile } from "../../../src/sandbox/aws/aws-faults";
import { startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { createHttpsListener } from "../../support/query-client";
import { createTestCa, type TestCa, type TestLeafOptions } from "../../support/test-certificates";

const inAnHour = () => new Date(Date.now() + 3600_000);

let ca: TestCa;
let emulated: EmulatedAws;

beforeAll(async () => {
  ca = await createTestCa();
});

beforeEach(async () => {
  // The tiny pages of the hostile profile, without its luck: what is counted here must be the same every time.
  emulated = await startEmulatedAws({ faults: { ...calm, largestPage: 2 } });
});

afterEach(() => emulated.close());

interface Imported {
  readonly arn: string;
  readonly serial: string;
}

async function importLeaf(options: TestLeafOptions = {}, more: ImportOptions = {}): Promise<Imported> {
  const leaf = await ca.leaf(options);
  const material = { certificatePem: leaf.leafPem, chainPem: ca.intermediatePem, privateKeyPem: leaf.privateKeyPem };
  const arn = await emulated
    .access()
    .certificates(more.region)
    .importNew({ ...material, ...(more.bare ? { chainPem: "" } : {}), tags: more.tags ?? {} });
  return { arn, serial: parseCertificate(leaf.leafPem).serial };
}

interface ImportOptions {
  readonly region?: string;
  readonly tags?: Record<string, string>;
  readonly bare?: boolean;
}

function scan(more: Partial<ScanOptions> = {}): Promise<Estate> {
  const account = { name: "own", access: emulated.access(), homeRegion: "us-east-1" };
  return scanEstate({ accounts: [account], regions: ["us-east-1"], clock: systemClock, ...more });
}

function client<T>(Client: new (options: object) => T): T {
  const { endpointUrl: endpoint, accessKeyId, secretAccessKey } = emulated.aws;
  return new Client({ endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey } });
}

/** Where the front ends of a load balancer's listener are, as `--connect-to` says it. */
function connectTo(listenerArn: string, dnsName: string, port = 443) {
  const address = emulated.account.frontEnd(listenerArn);
  if (address === undefined) throw new Error("no front end");
  return parseConnectTo(`${dnsName}:${port}:${address.host}:${address.port}`);
}

test("certificates of all key types with owner, chain and decision, over many small pages", async () => {
  const own = await importLeaf({ names: ["a.example.gov", "*.apps.example.gov"] }, { tags: { "unexpired:name": "a" } });
  const ours = await importLeaf({ key: "RSA_2048" }, { tags: { "unexpired:managed-by": "manage-certs" } });
  const bare = await importLeaf({ key: "EC_secp384r1", notAfter: inAnHour() }, { bare: true });
  const found: number[] = [];
  const estate = await scan({ onProgress: ({ certificates }) => found.push(certificates) });

  expect(estate.failures).toEqual([]);
  expect(found).toEqual([1, 2, 3]);
  const byArn = new Map(estate.certificates.map((certificate) => [certificate.arn, certificate]));
  expect(byArn.get(own.arn)).toMatchObject({
    accountId: "111122223333",
    region: "us-east-1",
    origin: "imported",
    names: ["a.example.gov", "*.apps.example.gov"],
    keyAlgorithm: "EC_prime256v1",
    serial: own.serial,
    owner: "terraform",
    status: "ISSUED",
    renewal: { state: "not-due" },
    chain: { intermediates: 1, broken: undefined },
  });
  expect(byArn.get(ours.arn)).toMatchObject({ owner: "unexpired", keyAlgorithm: "RSA_2048" });
  expect(byArn.get(bare.arn)).toMatchObject({
    owner: "nobody",
    renewal: { state: "overdue" },
    chain: { intermediates: 0, broken: "the intermediate Test Intermediate is missing" },
  });
  expect(estate.usage).toContainEqual(expect.objectContaining({ quota: "certificates", used: 3, limit: 2500 }));
});

test("listeners with default and SNI entries, Classic ones, distributions; tags of load balancers", async () => {
  const { account } = emulated;
  const fallback = await importLeaf({ names: ["app.example.gov"] });
  const byName = await importLeaf({ names: ["shop.example.gov"], key: "EC_secp384r1" });
  const web = account.createLoadBalancer({ name: "web", type: "application" });
  web.tags.set("team", "shop");
  const edge = account.createLoadBalancer({ name: "edge", type: "network" });
  const listener = await createHttpsListener(emulated.aws, { loadBalancerArn: web.arn, certificateArn: fallback.arn });
  await emulated.access().loadBalancers().addListenerCertificate(listener, byName.arn);
  const iam = client(IAMClient);
  const leaf = await ca.leaf({ names: ["old.example.gov"] });
  const { ServerCertificateMetadata: uploaded } = await iam.send(
    new UploadServerCertificateCommand({
      ServerCertificateName: "old",
      CertificateBody: leaf.leafPem,
      CertificateChain: ca.intermediatePem,
      PrivateKey: leaf.privateKeyPem,
    }),
  );
  iam.destroy();
  await emulated
    .access()
    .classicLoadBalancers()
    .create({
      LoadBalancerName: "classic",
      AvailabilityZones: ["us-east-1a"],
      Listeners: [
        { Protocol: "HTTPS", LoadBalancerPort: 8443, InstancePort: 80, SSLCertificateId: uploaded?.Arn },
        { Protocol: "HTTP", LoadBalancerPort: 80, InstancePort: 80 },
      ],
    });
  await createDistribution(fallback.arn);

  const estate = await scan();
  expect(estate.failures).toEqual([]);
  expect(estate.servingPoints.map(({ kind, name, port, hostName }) => [kind, name, port, hostName])).toEqual([
    ["distribution", expect.any(String), 443, expect.stringMatching(/\.cloudfront\.net$/)],
    ["application-listener", "web:443", 443, expect.stringMatching(/^web-.*\.elb\.amazonaws\.com$/)],
    ["classic-listener", "classic:8443", 8443, expect.stringMatching(/^classic-.*\.elb\.amazonaws\.com$/)],
  ]);
  expect(estate.servingPoints.find(({ name }) => name === "web:443")?.tags).toEqual({ team: "shop" });
  expect(estate.attachments.map(({ point, role, certificateArn }) => [point.kind, role, certificateArn])).toEqual([
    ["distribution", "default", fallback.arn],
    ["application-listener", "default", fallback.arn],
    ["application-listener", "sni", byName.arn],
    ["classic-listener", "default", uploaded?.Arn],
  ]);
  expect(estate.certificates.find(({ origin }) => origin === "iam")).toMatchObject({
    arn: uploaded?.Arn,
    region: "aws-global",
    names: ["old.example.gov"],
    inUseBy: ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/classic"],
  });
  expect(edge.arn).toContain("/net/");
});

const origin = {
  Id: "web",
  DomainName: "origin.example.gov",
  CustomOriginConfig: {
    HTTPPort: 80,
    HTTPSPort: 443,
    OriginProtocolPolicy: "https-only" as const,
    OriginSslProtocols: { Quantity: 1, Items: ["TLSv1.2" as const] },
  },
};

async function createDistribution(ACMCertificateArn: string): Promise<void> {
  const cloudFront = client(CloudFrontClient);
  await cloudFront.send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: "one",
        Comment: "",
        Enabled: true,
        Aliases: { Quantity: 1, Items: ["app.example.gov"] },
        Origins: { Quantity: 1, Items: [origin] },
        DefaultCacheBehavior: {
          TargetOriginId: "web",
          ViewerProtocolPolicy: "redirect-to-https",
          ForwardedValues: { QueryString: true, Cookies: { Forward: "none" } },
        },
        ViewerCertificate: { ACMCertificateArn, SSLSupportMethod: "sni-only", MinimumProtocolVersion: "TLSv1.2_2021" },
      },
    }),
  );
  cloudFront.destroy();
}

test("domain names of API Gateway, each once, though both versions of its API show it", async () => {
  const api = await importLeaf({ names: ["api.example.gov"] });
  const edge = await importLeaf({ names: ["edge.example.gov"] });
  const access = emulated.access();
  await access
    .httpApiDomainNames()
    .create("api.example.gov", { CertificateArn: api.arn, EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2" });
  await access.restApiDomainNames().create({
    domainName: "edge.example.gov",
    certificateArn: edge.arn,
    endpointConfiguration: { types: ["EDGE"] },
    tags: { team: "api" },
  });
  const estate = await scan();
  expect(estate.failures).toEqual([]);
  expect(estate.servingPoints.map(({ name, hostName, tags }) => [name, hostName, tags]).sort()).toEqual([
    ["api.example.gov", expect.stringMatching(/\.execute-api\.us-east-1\.amazonaws\.com$/), {}],
    ["edge.example.gov", expect.stringMatching(/\.cloudfront\.net$/), { team: "api" }],
  ]);
  expect(estate.attachments.map(({ point, certificateArn }) => [point.name, certificateArn]).sort()).toEqual([
    ["api.example.gov", api.arn],
    ["edge.example.gov", edge.arn],
  ]);
});

test("the wire: every address, without a name and with each, as it is sent and what a client would say", async () => {
  const { account } = emulated;
  const fallback = await importLeaf({ names: ["*.apps.example.gov"] });
  const bare = await importLeaf({ names: ["old.example.gov"] }, { bare: true });
  const { arn: loadBalancerArn, dnsName } = account.createLoadBalancer({ name: "web" });
  const listener = await createHttpsListener(emulated.aws, { loadBalancerArn, certificateArn: fallback.arn });
  await emulated.access().loadBalancers().addListenerCertificate(listener, bare.arn);
  const nobody = parseConnectTo(`${dnsName}:443:127.0.0.1:1`);
  const progress: string[] = [];
  const { observations } = await scan({
    handshakes: {
      trust: createSecureContext({ ca: ca.rootPem }),
      connectTo: [connectTo(listener, dnsName), nobody],
    },
    onProgress: ({ handshakes: { done, total } }) => progress.push(`${done}/${total}`),
  });
  const told = observations.map(({ serverName, outcome }) => [
    serverName,
    outcome.state === "served"
      ? [outcome.chain.map(({ serial }) => serial)[0], outcome.chain.length, outcome.refusal]
      : outcome.why,
  ]);
  expect(told).toEqual([
    [undefined, [fallback.serial, 2, undefined]],
    ["unexpired-check.apps.example.gov", [fallback.serial, 2, undefined]],
    ["old.example.gov", [bare.serial, 1, "the intermediate is missing"]],
    [undefined, expect.stringContaining("ECONNREFUSED")],
  ]);
  expect(progress.at(-1)).toBe("4/6");
});

test("a region, an account and a service that fail are named and hide nothing else", async () => {
  const { account } = emulated;
  await importLeaf({}, { region: "eu-west-1" });
  account.faults = { ...calm, unavailableRegions: ["eu-central-1"] };
  account.deniedActions.add("elasticloadbalancing:DescribeLoadBalancers");
  const noSuchRole = { roleArn: "arn:aws:iam::999988887777:role/nothing" };
  const parts = { sleep: () => Promise.resolve() };
  const estate = await scan({
    accounts: [
      { name: "own", access: emulated.access({}, parts), homeRegion: "us-east-1" },
      { name: "other", access: emulated.access({ assumeRole: noSuchRole }, parts), homeRegion: "us-east-1" },
    ],
    regions: ["eu-west-1", "eu-central-1"],
  });
  expect(estate.certificates).toHaveLength(1);
  const told = estate.failures.map(({ accountId, region, service, error }) => [accountId, region, service, error.code]);
  expect(told).toContainEqual(["other", undefined, "sts", "aws_denied"]);
  expect(told).toContainEqual(["111122223333", "eu-west-1", "elasticloadbalancing", "aws_denied"]);
  expect(told).toContainEqual(["111122223333", "eu-central-1", "acm", "aws_request"]);
  expect(told.filter(([, region]) => region === "eu-west-1")).toHaveLength(1);
});

test("all regions that an account may use, in two accounts, over a hostile AWS", async () => {
  const member = new AwsAccount({ accountId: "999988887777" });
  emulated.account.addNeighbour(member);
  const role = member.roles.create({ name: "scan", trusts: ["111122223333"] });
  await importLeaf({}, { region: "eu-west-1" });
  emulated.account.faults = { ...hostile, listingLagMs: 0 };
  const parts = { sleep: () => Promise.resolve() };
  const estate = await scan({
    accounts: [
      { name: "own", access: emulated.access({}, parts), homeRegion: "us-east-1" },
      {
        name: "member",
        access: emulated.access({ assumeRole: { roleArn: role.arn } }, parts),
        homeRegion: "us-east-1",
      },
    ],
    regions: "all",
  });
  expect(estate.failures).toEqual([]);
  expect(estate.certificates.map(({ accountId, region }) => [accountId, region])).toEqual([
    ["111122223333", "eu-west-1"],
  ]);
  expect(new Set(estate.usage.map(({ accountId }) => accountId))).toEqual(new Set(["111122223333", "999988887777"]));
  expect(estate.usage.length).toBeGreaterThan(30);
});

test("a scan that is cancelled ends, before it begins and in the middle, and leaves nothing behind that fails", async () => {
  await expect(scan({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
  const stop = new AbortController();
  const stopped = scan({ regions: "all", signal: stop.signal });
  const ended = expect(stopped).rejects.toMatchObject({ code: "aborted" });
  while (emulated.gate.history.length < 10) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await ended;
});
