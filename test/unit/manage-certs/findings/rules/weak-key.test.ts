import { weakKey } from "../../../../../src/manage-certs/findings/rules/weak-key";
import { certificate, found, inDays } from "../../../../support/scanned-estate";

test("RSA with 1024 bits, critical where it is used", () => {
  const weak = certificate("a", { keyAlgorithm: "RSA_1024" });
  expect(found(weakKey, { certificates: [weak] })).toMatchObject([{ severity: "warning" }]);
  expect(found(weakKey, { certificates: [{ ...weak, inUseBy: ["arn"] }] })).toMatchObject([{ severity: "critical" }]);
  expect(found(weakKey, { certificates: [{ ...weak, notAfter: inDays(0) }] })).toEqual([]);
});

test.each(["RSA_2048", "RSA_4096", "EC_prime256v1", undefined] as const)("%s is not weak", (keyAlgorithm) => {
  expect(found(weakKey, { certificates: [certificate("a", { keyAlgorithm, inUseBy: ["arn"] })] })).toEqual([]);
});
