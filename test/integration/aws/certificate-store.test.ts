import { parseCertificate } from "../../../src/certificates/parse-certificate";
import { calm, hostile } from "../../../src/sandbox/aws/aws-faults";
import { AwsAccount } from "../../../src/sandbox/aws/aws-account";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { createTestCa, type TestCa, type TestLeafOptions } from "../../support/test-certificates";

let ca: TestCa;
let emulated: EmulatedAws;

beforeAll(async () => {
  ca = await createTestCa();
});

beforeEach(async () => {
  emulated = await startEmulatedAws();
});

afterEach(() => emulated.close());

/** Reads until the eventually consistent answer is as it should be. */
async function eventually<T>(read: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (isThere(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("imports, describes, re-imports under the same ARN, tags and deletes, in a hostile account", async () => {
  emulated.account.faults = { ...hostile, enforceRates: false };
  const store = emulated.access().certificates();
  const first = await materialOf(ca, { names: ["app.example.gov", "*.app.example.gov"] });
  const arn = await store.importNew({ ...first, tags: { name: "web", generation: "one" } });

  const info = parseCertificate(first.certificatePem);
  expect(await store.describe(arn)).toMatchObject({
    arn,
    serial: info.serial,
    domainNames: info.names,
    keyAlgorithm: "EC_prime256v1",
    notAfter: info.notAfter,
    inUseBy: [],
    type: "IMPORTED",
    status: "ISSUED",
  });
  expect(await store.getChain(arn)).toEqual({ certificatePem: first.certificatePem, chainPem: ca.intermediatePem });
  expect(
    await eventually(
      () => store.findByTag("name", "web"),
      (found) => found.length > 0,
    ),
  ).toEqual([arn]);

  const second = await materialOf(ca, { names: ["app.example.gov"] });
  await store.reimport(arn, second);
  expect((await store.describe(arn))?.serial).toBe(parseCertificate(second.certificatePem).serial);

  await store.tag(arn, { owner: "tls" });
  await store.untag(arn, ["generation"]);
  expect(await store.tags(arn)).toEqual({ name: "web", owner: "tls" });

  await store.delete(arn);
  expect(await store.describe(arn)).toBeUndefined();
  await store.delete(arn);
});

test("a serial with its first bit set reads the same from ACM as from the certificate", async () => {
  const store = emulated.access().certificates();
  const material = await materialOf(ca, { serial: "f00000000000000001" });
  const arn = await store.importNew({ ...material, tags: {} });
  const { serial } = parseCertificate(material.certificatePem);
  expect(serial.startsWith("00f0")).toBe(true);
  expect((await store.describe(arn))?.serial).toBe(serial);
});

describe("re-imports that ACM refuses", () => {
  const serverAuth = "1.3.6.1.5.5.7.3.1";
  const clientAuth = "1.3.6.1.5.5.7.3.2";
  const cases: readonly {
    readonly what: string;
    readonly from?: TestLeafOptions;
    readonly to: TestLeafOptions;
    readonly refused?: RegExp;
  }[] = [
    { what: "another key type", to: { key: "RSA_2048" }, refused: /key type and size/ },
    { what: "another key size", to: { key: "EC_secp384r1" }, refused: /key type and size/ },
    {
      what: "keyEncipherment gone from an RSA certificate",
      from: { key: "RSA_2048", keyUsage: ["digitalSignature", "keyEncipherment"] },
      to: { key: "RSA_2048" },
      refused: /keyEncipherment/,
    },
    {
      what: "digitalSignature gone",
      from: { keyUsage: ["digitalSignature"] },
      to: { keyUsage: ["keyAgreement"] },
      refused: /digitalSignature/,
    },
    {
      what: "an extended key usage gone",
      from: { extendedKeyUsage: [serverAuth, "1.3.6.1.5.5.7.3.4"] },
      to: { extendedKeyUsage: [serverAuth] },
      refused: /1\.3\.6\.1\.5\.5\.7\.3\.4/,
    },
    {
      what: "every name replaced",
      from: { names: ["a.example.gov"] },
      to: { names: ["b.example.gov"] },
      refused: /domain names/,
    },
    { what: "a certificate that is over", to: { notAfter: new Date("2026-01-01") }, refused: /not valid at this time/ },
    {
      what: "keyEncipherment gone from an EC certificate",
      from: { keyUsage: ["digitalSignature", "keyEncipherment"] },
      to: {},
    },
    {
      what: "clientAuth gone",
      from: { extendedKeyUsage: [serverAuth, clientAuth] },
      to: { extendedKeyUsage: [serverAuth] },
    },
    {
      what: "a name added and one removed",
      from: { names: ["a.example.gov", "b.example.gov"] },
      to: { names: ["b.example.gov", "c.example.gov"] },
    },
  ];
  test.each(cases)("$what", async ({ from, to, refused }) => {
    const store = emulated.access().certificates();
    const before = await materialOf(ca, from);
    const arn = await store.importNew({ ...before, tags: {} });
    const after = await materialOf(ca, to);
    const done = store.reimport(arn, after);
    if (refused === undefined) await done;
    else
      await expect(done).rejects.toMatchObject({
        code: "aws_request",
        message: expect.stringMatching(refused) as string,
      });
    const held = refused === undefined ? after : before;
    expect((await store.describe(arn))?.serial).toBe(parseCertificate(held.certificatePem).serial);
  });
});

describe("imports that ACM refuses", () => {
  test.each([
    ["another certificate's key", async () => ({ privateKeyPem: (await ca.leaf()).privateKeyPem }), /does not match/],
    [
      "an encrypted key",
      async () => ({ privateKeyPem: "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n" }),
      /unencrypted/,
    ],
    ["a key above 5 KB", async () => ({ privateKeyPem: "x".repeat(5121) }), /5120/],
    ["a chain in front of the leaf", async () => ({ certificatePem: (await ca.leaf()).chainPem }), /more than one/],
    ["the chain of another CA", async () => ({ chainPem: (await createTestCa()).intermediatePem }), /chain/],
  ])("%s", async (_, change, why) => {
    const store = emulated.access().certificates();
    const material = { ...(await materialOf(ca)), ...(await change()) };
    await expect(store.importNew({ ...material, tags: {} })).rejects.toMatchObject({
      code: "aws_request",
      message: expect.stringMatching(why) as string,
    });
    expect(emulated.account.region().acm.all()).toEqual([]);
  });
});

test("listAll reads every page and every key type; AWS's own default hides EC", async () => {
  emulated.account.faults = { ...calm, largestPage: 2 };
  const store = emulated.access().certificates();
  const arns = [];
  for (const key of ["EC_prime256v1", "RSA_2048", "EC_prime256v1", "EC_secp384r1", "EC_prime256v1"] as const)
    arns.push(await store.importNew({ ...(await materialOf(ca, { key })), tags: { team: "tls" } }));
  expect((await store.listAll()).map(({ arn }) => arn)).toEqual(arns);
  expect(emulated.count("ListCertificates")).toBe(3);
  expect([...(await store.listTagged({ key: "team" })).keys()]).toEqual(arns);
});

test("a thousand reads share one inventory, which a write makes stale", async () => {
  const store = emulated.access().certificates();
  const arn = await store.importNew({ ...(await materialOf(ca)), tags: { team: "tls" } });
  await Promise.all(Array.from({ length: 1000 }, () => store.inventory.summary(arn)));
  expect((await store.inventory.tagsByKey("team")).get(arn)).toEqual({ team: "tls" });
  expect(emulated.count("ListCertificates")).toBe(1);
  const next = await store.importNew({ ...(await materialOf(ca)), tags: { team: "tls" } });
  expect(await store.inventory.summary(next)).toMatchObject({ arn: next, inUse: false, status: "ISSUED" });
  expect(emulated.count("ListCertificates")).toBe(2);
});

describe("when an answer is lost", () => {
  test("a first import is not sent again, and the tag finds it", async () => {
    const store = emulated.access().certificates();
    emulated.gate.set({ part: "aws", operation: "ImportCertificate", nth: 1, action: "break-after" });
    const material = await materialOf(ca);
    await expect(store.importNew({ ...material, tags: { generation: "g1" } })).rejects.toMatchObject({
      code: "aws_ambiguous",
    });
    expect(emulated.count("ImportCertificate")).toBe(1);
    expect(await store.findByTag("generation", "g1")).toHaveLength(1);
  });

  test.each([
    ["break-after", 1],
    ["break-before", 2],
  ] as const)("a re-import is settled by the serial (%s)", async (action, requests) => {
    const store = emulated.access().certificates();
    const arn = await store.importNew({ ...(await materialOf(ca)), tags: {} });
    emulated.gate.set({ part: "aws", operation: "ImportCertificate", nth: 1, action });
    const next = await materialOf(ca);
    await store.reimport(arn, next);
    expect((await store.describe(arn))?.serial).toBe(parseCertificate(next.certificatePem).serial);
    expect(emulated.count("ImportCertificate")).toBe(1 + requests);
  });

  test("a delete is repeated and succeeds", async () => {
    const store = emulated.access().certificates();
    const arn = await store.importNew({ ...(await materialOf(ca)), tags: {} });
    emulated.gate.set({ part: "aws", operation: "DeleteCertificate", nth: 1, action: "break-after" });
    await store.delete(arn);
    expect(emulated.account.region().acm.all()).toEqual([]);
  });
});

test("throttles are tried again until the deadline, then told", async () => {
  emulated.account.faults = { ...calm, throttledShare: 1 };
  const sleeps: number[] = [];
  const sleep = async (ms: number) => {
    sleeps.push(ms);
    if (sleeps.length === 3) emulated.account.faults = calm;
  };
  expect(await emulated.access({}, { sleep }).certificates().listAll()).toEqual([]);
  expect(sleeps).toHaveLength(3);

  emulated.account.faults = { ...calm, throttledShare: 1 };
  let now = Date.now();
  const clock = { now: () => new Date(now) };
  const wait = async (ms: number) => void (now += ms);
  await expect(
    emulated.access({}, { clock, sleep: wait, throttleTimeoutMs: 60_000 }).certificates().listAll(),
  ).rejects.toMatchObject({ code: "aws_throttled", message: "AWS throttled acm:ListCertificates" });
  expect(now - Date.now()).toBeGreaterThan(59_000);
});

test("a used-up quota is told at once and never tried again", async () => {
  emulated.account.faults = { ...calm, certificateQuota: 0 };
  const store = emulated.access().certificates();
  await expect(store.importNew({ ...(await materialOf(ca)), tags: {} })).rejects.toMatchObject({
    code: "aws_quota",
    retryable: false,
  });
  expect(emulated.count("ImportCertificate")).toBe(1);
});

test("our own pace stays below ACM's rate of one import per second", async () => {
  emulated.account.faults = { ...calm, enforceRates: true };
  const waits: number[] = [];
  const sleep = async (ms: number) => void waits.push(ms);
  const store = emulated.access({}, { sleep, pace: true, clock: { now: () => new Date(0) } }).certificates();
  emulated.account.faults = calm;
  for (let count = 0; count < 3; count++) await store.importNew({ ...(await materialOf(ca)), tags: {} });
  expect(waits).toEqual([1000, 2000]);
});

test("another account's certificate is an error that names both accounts, never 'gone'", async () => {
  const other = new AwsAccount({ accountId: "999988887777" });
  emulated.account.addNeighbour(other);
  other.roles.create({ name: "deploy", trusts: [emulated.account.accountId] });
  const store = emulated.access().certificates();
  const elsewhere = "arn:aws:acm:us-east-1:999988887777:certificate/12345678-1234-1234-1234-123456789012";
  const wrong = { code: "aws_wrong_account", message: expect.stringMatching(/999988887777.*111122223333/) as string };
  await expect(store.describe(elsewhere)).rejects.toMatchObject(wrong);
  await expect(store.delete(elsewhere)).rejects.toMatchObject(wrong);
  await expect(store.reimport(elsewhere, await materialOf(ca))).rejects.toMatchObject(wrong);
  await expect(store.describe(elsewhere.replace("us-east-1", "eu-west-1"))).rejects.toMatchObject(wrong);

  const there = emulated.access({ assumeRole: { roleArn: "arn:aws:iam::999988887777:role/deploy" } });
  expect(await there.identity.get()).toEqual({
    accountId: "999988887777",
    arn: "arn:aws:sts::999988887777:assumed-role/deploy/unexpired",
  });
  expect(await there.certificates().describe(elsewhere)).toBeUndefined();
});

test("a denied call names action, resource and the way out", async () => {
  const store = emulated.access().certificates();
  const arn = await store.importNew({ ...(await materialOf(ca)), tags: {} });
  emulated.account.deniedActions.add("acm:DescribeCertificate");
  await expect(store.describe(arn)).rejects.toMatchObject({
    code: "aws_denied",
    message: expect.stringContaining(`AWS denied acm:DescribeCertificate on ${arn}`) as string,
    hint: expect.stringContaining("allow acm:DescribeCertificate") as string,
  });
});

test.each([
  ["an unknown key", { accessKeyId: "AKIANOBODY", secretAccessKey: "x" }],
  ["a wrong secret", undefined],
])("%s is refused as credentials", async (_, credentials) => {
  const wrong = credentials ?? { accessKeyId: emulated.aws.accessKeyId, secretAccessKey: "wrong" };
  const access = emulated.access({ credentials: wrong });
  await expect(access.certificates().listAll()).rejects.toMatchObject({ code: "invalid_credentials" });
  await expect(access.identity.get()).rejects.toMatchObject({ code: "invalid_credentials" });
});

test("no error of an import holds the private key", async () => {
  const store = emulated.access().certificates();
  const material = await materialOf(ca);
  const broken = { ...material, certificatePem: "no certificate" };
  for (const fault of [calm, { ...calm, certificateQuota: 0 }]) {
    emulated.account.faults = fault;
    const error: unknown = await store.importNew({ ...broken, tags: {} }).catch((thrown: unknown) => thrown);
    const text = JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).stack);
    for (const line of material.privateKeyPem.trim().split("\n").slice(1, -1)) expect(text).not.toContain(line);
    expect(text).not.toContain(Buffer.from(material.privateKeyPem).toString("base64").slice(0, 40));
  }
});

test("cancelling ends a call that waits for its turn", async () => {
  emulated.account.faults = { ...calm, throttledShare: 1 };
  const controller = new AbortController();
  const listing = emulated.access().certificates().listAll({ signal: controller.signal });
  controller.abort();
  await expect(listing).rejects.toMatchObject({ code: "aborted" });
});

test("whether we may import is known before there is a certificate, and is asked once", async () => {
  const store = emulated.access().certificates();
  emulated.account.deniedActions.add("acm:ImportCertificate");
  await expect(store.checkMayImport()).rejects.toMatchObject({ code: "aws_denied" });
  emulated.account.deniedActions.clear();
  await store.checkMayImport();
  await store.checkMayImport();
  expect(emulated.account.region().acm.all()).toEqual([]);
  const asked = emulated.gate.history.filter(({ operation }) => operation === "ImportCertificate");
  expect(asked).toHaveLength(2);
});
