import { createPrivateKey, createPublicKey } from "node:crypto";
import { CertificateKey } from "../../../src/acme/certificate-key";
import { parseCertificateChain } from "../../../src/certificates/certificate-chain";
import { generationTag, nameTag } from "../../../src/issuance/certificate-tags";
import { findTarget, importNew, importOver } from "../../../src/issuance/import-certificate";
import type { IssuedCertificate } from "../../../src/issuance/issue-certificate";
import { AppError } from "../../../src/platform/errors";
import { silentLogger } from "../../../src/platform/log";
import { MemoryCertificateStore } from "../../support/memory-certificate-store";
import { createTestCa, type TestCa, type TestLeafOptions } from "../../support/test-certificates";

let ca: TestCa;
beforeAll(async () => {
  ca = await createTestCa();
});

let memory: MemoryCertificateStore;
let waits: number[];
beforeEach(() => {
  memory = new MemoryCertificateStore();
  waits = [];
});

const parts = () => ({ store: memory.store, log: silentLogger, sleep: async (ms: number) => void waits.push(ms) });
const tags = { [nameTag]: "stack/web", [generationTag]: "g1" } as const;
const lost = new AppError("aws_ambiguous", "it is unknown whether acm:ImportCertificate was carried out");
const sent = (method: string) => memory.calls.filter((call) => call.startsWith(`${method} `)).length;

async function issued(options: TestLeafOptions = {}): Promise<IssuedCertificate> {
  const { chainPem, privateKeyPem } = await ca.leaf(options);
  const algorithm = options.key === "RSA_2048" ? "RSA_2048" : "EC_prime256v1";
  const key = new CertificateKey(algorithm, createPublicKey(privateKeyPem), createPrivateKey(privateKeyPem));
  return {
    ...{ chain: parseCertificateChain(chainPem), key, orderUrl: "https://ca.example/order/1", warnings: [] },
    ...{ issuer: "ca.example", took: { waitingMs: 0, workingMs: 0 } },
  };
}

test("a first import carries its tags, and is read back", async () => {
  const certificate = await issued();
  const kept = await importNew(certificate, tags, parts());
  expect(kept).toMatchObject({ importedAt: memory.now, warnings: [] });
  expect(memory.kept.get(kept.arn)?.tags).toEqual(tags);
});

test("the answer is lost: the tag tells the ARN, and nothing is imported again", async () => {
  memory.failures.push({ method: "importNew", error: lost, after: true });
  const { arn } = await importNew(await issued(), tags, parts());
  expect([...memory.kept.keys()]).toEqual([arn]);
  expect([sent("importNew"), waits]).toEqual([1, []]);
});

test("the answer is lost and the tagging API lags: the serial in the list tells the ARN", async () => {
  memory.failures.push({ method: "importNew", error: lost, after: true });
  jest.spyOn(memory, "findByTag").mockResolvedValue([]);
  const { arn } = await importNew(await issued(), tags, parts());
  expect([...memory.kept.keys()]).toEqual([arn]);
  expect(sent("importNew")).toBe(1);
});

test("the answer is lost and every list lags: it is waited for", async () => {
  memory.failures.push({ method: "importNew", error: lost, after: true });
  jest.spyOn(memory.inventory, "summaries").mockResolvedValue(new Map());
  const find = jest.spyOn(memory, "findByTag").mockResolvedValueOnce([]).mockResolvedValueOnce([]);
  await importNew(await issued(), tags, parts());
  expect([find.mock.calls.length, waits, memory.kept.size]).toEqual([3, [5_000, 5_000], 1]);
});

test("a request that was lost, and not its answer: one more is sent after looking for half a minute", async () => {
  memory.failures.push({ method: "importNew", error: lost });
  await importNew(await issued(), tags, parts());
  expect([sent("importNew"), sent("findByTag"), memory.kept.size]).toEqual([2, 6, 1]);
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(25_000);
});

test("a failure that is no lost answer is thrown at once", async () => {
  const error = new AppError("aws_quota", "no more");
  memory.failures.push({ method: "importNew", error });
  await expect(importNew(await issued(), tags, parts())).rejects.toBe(error);
  expect(sent("importNew")).toBe(1);
});

test("over a certificate: the same ARN, its tags untouched", async () => {
  const { arn } = await importNew(await issued(), tags, parts());
  const next = await issued();
  const kept = await importOver(await findTarget(arn, parts()), next, parts());
  expect(kept).toMatchObject({ arn, warnings: [] });
  expect(memory.kept.get(arn)?.material.certificatePem).toBe(next.chain.leafPem);
  expect(memory.kept.get(arn)?.tags).toEqual(tags);
});

test.each<[string, TestLeafOptions, TestLeafOptions, string]>([
  ["another key", {}, { key: "RSA_2048" }, "key-algorithm"],
  ["none of the names", {}, { names: ["other.example.gov"] }, "names"],
  [
    "a key usage less",
    { key: "RSA_2048", keyUsage: ["digitalSignature", "keyEncipherment"] },
    { key: "RSA_2048" },
    "key-usage",
  ],
])("with %s: refused before ACM is asked", async (_, before, after, rule) => {
  const { arn } = await importNew(await issued(before), tags, parts());
  const target = await findTarget(arn, parts());
  await expect(importOver(target, await issued(after), parts())).rejects.toMatchObject({
    code: "certificate_reimport_refused",
    facts: { arn, rules: [rule] },
  });
  expect(sent("reimport")).toBe(0);
});

test("an ARN that is gone is an error with the way out", async () => {
  await expect(findTarget("arn:aws:acm:us-east-1:111122223333:certificate/9", parts())).rejects.toMatchObject({
    code: "aws_not_found",
    hint: expect.stringContaining("created anew") as string,
  });
});

test.each([
  [
    "cannot be read back",
    () => memory.failures.push({ method: "describe", error: new AppError("network", "gone") }),
    /could not be read back: gone/,
  ],
  ["shows another serial", () => void (memory.describe = async () => ({ serial: "01" }) as never), /shows serial 01/],
  ["shows nothing", () => void (memory.describe = async () => undefined), /shows nothing/],
])("once imported, that it %s is a warning", async (_, disturb, warning) => {
  disturb();
  const { arn, importedAt, warnings } = await importNew(await issued(), tags, parts());
  expect([arn, importedAt, warnings]).toEqual([
    expect.stringContaining(":certificate/"),
    undefined,
    [expect.stringMatching(warning)],
  ]);
});
