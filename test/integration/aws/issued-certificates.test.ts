import { setTimeout as pause } from "node:timers/promises";
import type {
  IssuedCertificate,
  IssuedCertificates,
  NewCertificateRequest,
} from "../../../src/aws/issued-certificates";
import { shakeHands } from "../../../src/rollout/shake-hands";
import { calm } from "../../../src/sandbox/aws/aws-faults";
import { startDnsServer, type RunningDnsServer } from "../../../src/sandbox/dns-server/start-dns-server";
import { RequestGate } from "../../../src/sandbox/request-gate";
import { ZoneStore } from "../../../src/sandbox/zone-store";
import { startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { createHttpsListener } from "../../support/query-client";

let emulated: EmulatedAws;
let zones: ZoneStore;
let dns: RunningDnsServer;
let issued: IssuedCertificates;

beforeEach(async () => {
  zones = new ZoneStore();
  zones.createZone("example.gov");
  dns = await startDnsServer({ store: zones, gate: new RequestGate() });
  emulated = await startEmulatedAws({ dnsServer: dns });
  issued = emulated.access().issuedCertificates();
});

afterEach(async () => {
  await emulated.close();
  await dns.close();
});

const request = (domainName: string, more: Partial<NewCertificateRequest> = {}) =>
  issued.request({ domainName, subjectAlternativeNames: [], tags: {}, idempotencyToken: "once", ...more });

async function describe(arn: string): Promise<IssuedCertificate> {
  const found = await issued.describe(arn);
  if (found === undefined) throw new Error(`${arn} is gone`);
  return found;
}

/** Asks until a certificate is as it should be. */
async function until(arn: string, isThere: (certificate: IssuedCertificate) => boolean): Promise<IssuedCertificate> {
  for (;;) {
    const found = await describe(arn);
    if (isThere(found)) return found;
    await pause(20);
  }
}

const isIssued = ({ status }: IssuedCertificate) => status === "ISSUED";

/** Writes the validation records of a certificate, as its owner would. */
async function prove(arn: string, domainNames?: readonly string[]): Promise<void> {
  const { validations } = await describe(arn);
  const put = validations.flatMap(({ domainName, record }) =>
    record && (domainNames?.includes(domainName) ?? true)
      ? [{ name: record.name, type: "CNAME", ttlSeconds: 300, rdata: [record.value] }]
      : [],
  );
  zones.write("example.gov", { put });
}

test("is pending until every name is proved by its CNAME in the DNS, then issued", async () => {
  const arn = await request("example.gov", { subjectAlternativeNames: ["*.example.gov", "api.example.gov"] });
  const asked = await describe(arn);
  expect(asked).toMatchObject({
    status: "PENDING_VALIDATION",
    type: "AMAZON_ISSUED",
    domainNames: ["example.gov", "*.example.gov", "api.example.gov"],
    keyAlgorithm: "RSA-2048",
    options: { transparencyLogging: true, exportable: false },
    renewalEligibility: "INELIGIBLE",
  });
  const [apex, wildcard, api] = asked.validations;
  expect(apex?.record).toEqual({
    type: "CNAME",
    name: expect.stringMatching(/^_[0-9a-f]{32}\.example\.gov\.$/) as string,
    value: expect.stringMatching(/^_[0-9a-f]{32}\.[a-z]{10}\.acm-validations\.aws\.$/) as string,
  });
  expect(wildcard?.record).toEqual(apex?.record);
  expect(api?.record?.name).not.toBe(apex?.record?.name);

  await prove(arn, ["example.gov"]);
  const half = await until(arn, ({ validations }) => validations[0]?.status === "SUCCESS");
  expect(half).toMatchObject({ status: "PENDING_VALIDATION" });
  expect(half.validations.map(({ status }) => status)).toEqual(["SUCCESS", "SUCCESS", "PENDING_VALIDATION"]);
  await expect(emulated.access().certificates().getChain(arn)).rejects.toMatchObject({
    facts: { error: "RequestInProgressException" },
  });

  await prove(arn);
  const { notBefore, notAfter } = await until(arn, isIssued);
  expect(Math.round(((notAfter?.getTime() ?? 0) - (notBefore?.getTime() ?? 0)) / 86_400_000)).toBe(198);
  expect((await emulated.access().certificates().getChain(arn))?.chainPem).toContain("BEGIN CERTIFICATE");
});

test("a second certificate of the name is proved by the same record at once; a token makes a repetition harmless", async () => {
  const first = await request("app.example.gov", { keyAlgorithm: "EC_prime256v1" });
  expect(await request("app.example.gov", { keyAlgorithm: "EC_prime256v1" })).toBe(first);
  await prove(first);
  await until(first, isIssued);
  const second = await request("app.example.gov", { keyAlgorithm: "EC_prime256v1", idempotencyToken: "twice" });
  expect(second).not.toBe(first);
  await until(second, isIssued);

  await issued.setOptions(second, { transparencyLogging: false });
  expect((await describe(second)).options).toEqual({ transparencyLogging: false, exportable: false });
});

test("is served by a listener once it is issued, and cannot be deleted as long as it is", async () => {
  const loadBalancerArn = emulated.account.createLoadBalancer({ name: "web" }).arn;
  const arn = await request("app.example.gov", { keyAlgorithm: "EC_secp384r1" });
  await expect(createHttpsListener(emulated.aws, { loadBalancerArn, certificateArn: arn })).rejects.toThrow(
    "UnsupportedCertificate",
  );
  await prove(arn);
  await until(arn, isIssued);
  const listener = await createHttpsListener(emulated.aws, { loadBalancerArn, certificateArn: arn });
  const address = emulated.account.frontEnd(listener);
  if (address === undefined) throw new Error("no front end");
  const ca = emulated.account.authority.roots.join("\n");
  expect(await shakeHands({ ...address, serverName: "app.example.gov", ca })).toMatchObject({ chainLength: 3 });
  expect(await describe(arn)).toMatchObject({ inUseBy: [loadBalancerArn], renewalEligibility: "ELIGIBLE" });
  await expect(emulated.access().certificates().delete(arn)).rejects.toMatchObject({ code: "aws_in_use" });
});

test("is renewed under its ARN while it is in use and its record is there, and the listener serves the new one", async () => {
  emulated.account.issuedLifetimeSeconds = 4;
  const loadBalancerArn = emulated.account.createLoadBalancer({ name: "web" }).arn;
  const arn = await request("app.example.gov", { keyAlgorithm: "EC_prime256v1" });
  await prove(arn);
  const first = await until(arn, isIssued);
  const listener = await createHttpsListener(emulated.aws, { loadBalancerArn, certificateArn: arn });
  const second = await until(arn, ({ notAfter }) => notAfter?.getTime() !== first.notAfter?.getTime());
  expect(second).toMatchObject({ status: "ISSUED", renewal: { status: "SUCCESS" } });
  const address = emulated.account.frontEnd(listener);
  if (address === undefined) throw new Error("no front end");
  const ca = emulated.account.authority.roots.join("\n");
  const seen = await shakeHands({ ...address, serverName: "app.example.gov", ca });
  expect(seen.serial).toBe((await emulated.access().certificates().describe(arn))?.serial);
});

test("without its record the renewal waits, then fails when the certificate ends", async () => {
  emulated.account.issuedLifetimeSeconds = 4;
  const loadBalancerArn = emulated.account.createLoadBalancer({ name: "web" }).arn;
  const arn = await request("app.example.gov", { keyAlgorithm: "EC_prime256v1" });
  await prove(arn);
  const { validations } = await until(arn, isIssued);
  await createHttpsListener(emulated.aws, { loadBalancerArn, certificateArn: arn });
  zones.write("example.gov", { remove: [{ name: validations[0]?.record?.name ?? "", type: "CNAME" }] });
  await until(arn, ({ renewal }) => renewal?.status === "PENDING_VALIDATION");
  const ended = await until(arn, ({ renewal }) => renewal?.status === "FAILED");
  expect(ended).toMatchObject({ status: "EXPIRED", renewal: { reason: "OTHER" }, renewalEligibility: "INELIGIBLE" });
});

test("a CAA record that does not name Amazon fails it for good", async () => {
  zones.write("example.gov", {
    put: [{ name: "example.gov", type: "CAA", ttlSeconds: 60, rdata: ['0 issue "letsencrypt.org"'] }],
  });
  const arn = await request("app.example.gov");
  await prove(arn);
  const failed = await until(arn, ({ status }) => status === "FAILED");
  expect(failed.failureReason).toBe("CAA_ERROR");
});

test("shows validation records some time after the request; lists by key type as for imported certificates", async () => {
  emulated.account.faults = { ...calm, validationRecordLagMs: 150 };
  const arn = await request("app.example.gov", { keyAlgorithm: "EC_prime256v1" });
  expect((await describe(arn)).validations).toEqual([
    { domainName: "app.example.gov", status: "PENDING_VALIDATION", record: undefined },
  ]);
  await until(arn, ({ validations }) => validations[0]?.record !== undefined);
  expect(await emulated.access().certificates().listAll()).toMatchObject([
    { arn, status: "PENDING_VALIDATION", type: "AMAZON_ISSUED", keyAlgorithm: "EC_prime256v1" },
  ]);
});

test.each([
  ["eleven names", { subjectAlternativeNames: Array.from({ length: 10 }, (_, i) => `a${i}.example.gov`) }, "aws_quota"],
  ["a key algorithm for imports alone", { keyAlgorithm: "RSA_4096" as const }, "aws_request"],
  ["a name that is none", { subjectAlternativeNames: ["a_b.example.gov"] }, "aws_request"],
])("refuses %s", async (_, more, code) => {
  await expect(request("app.example.gov", more)).rejects.toMatchObject({ code });
});

test("refuses a first name of more than 64 octets, which may stand further back", async () => {
  const long = `${"a".repeat(60)}.example.gov`;
  await expect(request(long)).rejects.toThrow("64 octets");
  await expect(request("app.example.gov", { subjectAlternativeNames: [long] })).resolves.toMatch(/^arn:aws:acm:/);
});
