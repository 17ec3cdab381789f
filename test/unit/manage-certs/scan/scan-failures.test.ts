import { ScanFailures } from "../../../../src/manage-certs/scan/scan-failures";
import { AppError } from "../../../../src/platform/errors";

const place = { accountId: "111122223333", region: "us-east-1", service: "acm" };
const denied = (resource: string, action = "acm:DescribeCertificate") =>
  new AppError("aws_denied", `AWS denied ${action} on ${resource}`, { facts: { action, resource } });

test("the same failure of a thousand certificates is told once, another action or place is another", () => {
  const failures = new ScanFailures();
  failures.add(place, denied("one"));
  failures.add(place, denied("two"));
  failures.add(place, denied("two", "acm:GetCertificate"));
  failures.add({ ...place, region: "eu-west-1" }, denied("one"));
  expect(failures.list().map(({ region, error }) => [region, error.message])).toEqual([
    ["us-east-1", "AWS denied acm:DescribeCertificate on one"],
    ["us-east-1", "AWS denied acm:GetCertificate on two"],
    ["eu-west-1", "AWS denied acm:DescribeCertificate on one"],
  ]);
});

test("what stands in for a part that fails; cancellation goes through", async () => {
  const failures = new ScanFailures();
  await expect(failures.attempt(place, "instead", () => Promise.resolve("found"))).resolves.toBe("found");
  await expect(failures.attempt(place, "instead", () => Promise.reject(denied("x")))).resolves.toBe("instead");
  const aborted = new AppError("aborted", "stopped");
  await expect(failures.attempt(place, "instead", () => Promise.reject(aborted))).rejects.toBe(aborted);
  expect(failures.list()).toHaveLength(1);
});
