import { parseDomainName } from "../../../src/certificates/domain-name";
import { nameTag } from "../../../src/issuance/certificate-tags";
import { findAdoptable } from "../../../src/issuance/find-adoptable";
import { MemoryCertificateStore, type KeptCertificate } from "../../support/memory-certificate-store";
import { createTestCa, type TestCa, type TestLeafOptions } from "../../support/test-certificates";

let ca: TestCa;
beforeAll(async () => {
  ca = await createTestCa();
});

let memory: MemoryCertificateStore;
beforeEach(() => (memory = new MemoryCertificateStore()));

const minute = 60_000;
const find = (minutesLater = 60) =>
  findAdoptable({
    store: memory.store,
    name: "stack/web",
    names: ["app.example.gov", "www.example.gov"].map(parseDomainName),
    keyAlgorithm: "EC_prime256v1",
    clock: { now: () => new Date(memory.now.getTime() + minutesLater * minute) },
  });

async function kept(options: TestLeafOptions = {}, more: Partial<KeptCertificate> = {}) {
  const { leafPem: certificatePem } = await ca.leaf(options);
  return memory.add({ certificatePem, chainPem: ca.intermediatePem }, { tags: { [nameTag]: "stack/web" }, ...more });
}

test("none", async () => {
  await expect(find()).resolves.toBeUndefined();
});

test("one that carries our name and holds one of the names", async () => {
  const { arn } = await kept({ names: ["old.example.gov", "app.example.gov"] });
  await expect(find()).resolves.toMatchObject({ arn });
});

test.each<[string, TestLeafOptions, Partial<KeptCertificate>]>([
  ["of another name", {}, { tags: { [nameTag]: "stack/api" } }],
  ["in use", {}, { inUseBy: ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/1"] }],
  ["of another key algorithm", { key: "RSA_2048" }, {}],
  ["without any of the names, so that ACM would refuse the import", { names: ["other.example.gov"] }, {}],
  ["issued by Amazon", {}, { type: "AMAZON_ISSUED" }],
])("not one %s", async (_, options, more) => {
  await kept(options, more);
  await expect(find()).resolves.toBeUndefined();
});

test("two are an error that names both", async () => {
  const arns = [(await kept()).arn, (await kept()).arn];
  const error = await find().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "certificate_duplicate", hint: expect.stringContaining("import") as string });
  for (const arn of arns) expect((error as Error).message).toContain(arn);
});

test("one so new that the tagging API does not know it is found by its own tags, for a quarter of an hour", async () => {
  const { arn } = await kept();
  jest.spyOn(memory, "findByTag").mockResolvedValue([]);
  await expect(find(14)).resolves.toMatchObject({ arn });
  await expect(find(16)).resolves.toBeUndefined();
});
