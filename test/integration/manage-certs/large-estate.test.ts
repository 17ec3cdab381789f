/** The whole of a large estate is found at AWS's own pace, and what fails is named and hides nothing. */
import { ACMClient, paginateListCertificates } from "@aws-sdk/client-acm";
import type { Estate } from "../../../src/manage-certs/scan/estate";
import { scanEstate } from "../../../src/manage-certs/scan/scan-estate";
import { systemClock } from "../../../src/platform/clock";
import { calm } from "../../../src/sandbox/aws/aws-faults";
import type { SeededCertificate } from "../../support/estates/seeded-estate";
import { startEstate, type RunningEstate } from "../../support/estates/start-estate";

/** At the pace of AWS's published rates. */
function scan(running: RunningEstate): Promise<Estate> {
  // A busy machine may take its time: nothing here is about time.
  const patience = { connectTimeoutMs: 300_000, requestTimeoutMs: 300_000, throttleTimeoutMs: 300_000 };
  const accounts = running.accounts({ pace: true, ...patience });
  return scanEstate({ accounts, regions: "all", clock: systemClock });
}

const arnsOf = (found: readonly { readonly arn: string }[]) => found.map(({ arn }) => arn).sort();

const lineOf = ({ pointId, role, certificateArn }: { pointId: string; role: string; certificateArn: string }) =>
  `${pointId} ${role} ${certificateArn}`;

const linesOf = ({ attachments }: Estate) =>
  attachments.map((each) => lineOf({ ...each, pointId: each.point.id })).sort();

describe("2,500 certificates of seven key types, four regions, three accounts, 50 full load balancers", () => {
  let running: RunningEstate;
  let estate: Estate;

  beforeAll(async () => {
    running = await startEstate({ faults: { ...calm, enforceRates: true } });
    estate = await scan(running);
  }, 600_000);

  afterAll(() => running.close());

  test("every certificate and every attachment is found, and nothing else", () => {
    const { certificates, attachments } = running.estate;
    expect(certificates).toHaveLength(2500);
    expect(arnsOf(estate.certificates)).toEqual(arnsOf(certificates));
    expect(linesOf(estate)).toEqual(attachments.map(lineOf).sort());
    expect(estate.failures).toEqual([]);
  });

  test("each with its origin, key, names, serial, end and owner", () => {
    const found = new Map(estate.certificates.map((certificate) => [certificate.arn, certificate]));
    const facts = (of: Omit<SeededCertificate, "traits" | "served"> | undefined) =>
      of && [of.arn, of.accountId, of.region, of.origin, of.keyAlgorithm, of.names, of.serial, of.notAfter, of.owner];
    for (const certificate of running.estate.certificates)
      expect(facts(found.get(certificate.arn) as SeededCertificate | undefined)).toEqual(facts(certificate));
  });

  test("what nobody uses is told from what is used", () => {
    const unused = estate.certificates.filter(({ inUseBy }) => inUseBy.length === 0);
    const orphans = running.estate.certificates.filter(({ traits }) => traits.has("orphan"));
    expect(arnsOf(unused)).toEqual(arnsOf(orphans));
  });

  test("ListCertificates without filters, asked in every region, misses five of seven key types and what came by ACME", async () => {
    const { endpointUrl: endpoint, accessKeyId, secretAccessKey } = running.aws;
    const [own] = running.estate.accounts;
    const listed: string[] = [];
    for (const region of running.estate.regions) {
      const client = new ACMClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
      for await (const { CertificateSummaryList = [] } of paginateListCertificates({ client }, {}))
        listed.push(...CertificateSummaryList.flatMap(({ CertificateArn }) => CertificateArn ?? []));
      client.destroy();
    }
    const inAcm = running.estate.certificates.filter(
      ({ accountId, origin }) => accountId === own?.accountId && origin !== "iam",
    );
    const shown = inAcm.filter(
      ({ keyAlgorithm, origin }) => /^RSA_(1024|2048)$/.test(keyAlgorithm) && origin !== "acme-endpoint",
    );
    expect(listed.sort()).toEqual(arnsOf(shown));
    expect(listed.length).toBeLessThan(inAcm.length / 2);
  });

  test("the buckets were used, in every account and region", () => {
    const uses = running.aws.rates.uses().filter(({ name }) => name === "acm:DescribeCertificate");
    expect(uses).toHaveLength(12);
    expect(uses.reduce((sum, { allowed }) => sum + allowed, 0)).toBeGreaterThanOrEqual(2488);
  });
});

describe("a part that fails", () => {
  let running: RunningEstate;

  beforeEach(async () => {
    running = await startEstate({ applicationLoadBalancers: 12, sniCertificates: 3, certificates: 240 });
  });

  afterEach(() => running.close());

  const isIn =
    (...regions: readonly string[]) =>
    (each: { readonly region: string }) =>
      regions.includes(each.region);

  test("a region that is down is named, in every account, and the other regions are complete", async () => {
    const { estate } = running;
    for (const account of running.estate.accounts) account.faults = { ...calm, unavailableRegions: ["eu-central-1"] };
    const regions = [...estate.regions];
    const found = await scanEstate({
      accounts: running.accounts({ pace: false, sleep: () => Promise.resolve() }),
      regions,
      clock: systemClock,
    });
    expect(new Set(found.failures.map(({ accountId }) => accountId))).toEqual(
      new Set(estate.accounts.map(({ accountId }) => accountId)),
    );
    expect(found.failures.filter((each) => each.region !== "eu-central-1")).toEqual([]);
    const expected = estate.certificates.filter((each) => !isIn("eu-central-1")(each));
    expect(arnsOf(found.certificates)).toEqual(arnsOf(expected));
  });

  test("an account that may not be entered is named, and the other accounts are complete", async () => {
    const { estate } = running;
    const [, , locked] = estate.accounts;
    if (locked === undefined) throw new Error("there is no third account");
    locked.roles.create({ name: "manage-certs", trusts: [] });
    const found = await scanEstate({
      accounts: running.accounts({ pace: false }),
      regions: [...estate.regions],
      clock: systemClock,
    });
    expect(found.failures).toMatchObject([
      { accountId: locked.accountId, service: "sts", error: { code: "aws_denied" } },
    ]);
    const expected = estate.certificates.filter(({ accountId }) => accountId !== locked.accountId);
    expect(arnsOf(found.certificates)).toEqual(arnsOf(expected));
    expect(found.attachments).toHaveLength(
      estate.attachments.filter(({ accountId }) => accountId !== locked.accountId).length,
    );
  });
});
