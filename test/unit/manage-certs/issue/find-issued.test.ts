import { issuedForTag, replacedByTag } from "../../../../src/issuance/certificate-tags";
import { findIssued, issuedFor } from "../../../../src/manage-certs/issue/find-issued";
import type { ScannedCertificate } from "../../../../src/manage-certs/scan/estate";
import { certificate, estate, now } from "../../../support/scanned-estate";

const issuer = { name: "le", directoryUrl: "https://ca.test/directory" };
const wanted = {
  ...{ names: ["app.example.gov", "*.app.example.gov"], issuer, keyAlgorithm: "EC_prime256v1" as const },
  ...{ accountId: "111122223333", region: "us-east-1" },
};
const identity = issuedFor(wanted);
const own = (id: string, facts: Partial<ScannedCertificate> = {}) =>
  certificate(id, {
    names: ["*.app.example.gov", "app.example.gov"],
    tags: { [issuedForTag]: identity },
    importedAt: new Date("2026-05-01"),
    ...facts,
  });

const find = (certificates: readonly ScannedCertificate[], tagsOf = jest.fn(() => Promise.resolve({}))) =>
  findIssued(wanted, estate({ certificates }), tagsOf);

test("what it stands for does not depend on the order of names, and is a value that a tag may have", () => {
  expect(issuedFor({ ...wanted, names: [...wanted.names].reverse() })).toBe(identity);
  expect(identity).toMatch(/^[0-9a-f]{64}$/);
  const others = [
    { ...wanted, names: ["app.example.gov"] },
    { ...wanted, keyAlgorithm: "RSA_2048" as const },
    { ...wanted, issuer: { ...issuer, directoryUrl: "https://other.test/directory" } },
  ];
  for (const other of others) expect(issuedFor(other)).not.toBe(identity);
});

test("found by its tag; a new import, whose tags are not listed yet, is asked for them", async () => {
  const tagsOf = jest.fn(() => Promise.resolve({ [issuedForTag]: identity }));
  await expect(find([own("one")], tagsOf)).resolves.toMatchObject({ arn: own("one").arn });
  expect(tagsOf).not.toHaveBeenCalled();
  const fresh = own("fresh", { tags: {}, importedAt: new Date(now.getTime() - 60_000) });
  await expect(find([fresh], tagsOf)).resolves.toMatchObject({ arn: fresh.arn });
  expect(tagsOf).toHaveBeenCalledTimes(1);
});

test.each<[string, Partial<ScannedCertificate>]>([
  ["other names", { names: ["app.example.gov"] }],
  ["another key", { keyAlgorithm: "RSA_2048" }],
  ["another region", { region: "eu-west-1" }],
  ["another account", { accountId: "999988887777" }],
  ["no tag, and imported long ago", { tags: {} }],
  ["another request", { tags: { [issuedForTag]: "0".repeat(64) } }],
  ["replaced", { tags: { [issuedForTag]: identity, [replacedByTag]: "arn:next" } }],
  ["of ACM", { origin: "amazon-issued" }],
])("not found: %s", async (_, facts) => {
  await expect(find([own("one", facts)])).resolves.toBeUndefined();
});

test("several are an error that names them", async () => {
  await expect(find([own("one"), own("two")])).rejects.toMatchObject({
    code: "certificate_duplicate",
    message: expect.stringContaining("2 certificates were issued for these names: arn:") as string,
  });
});
