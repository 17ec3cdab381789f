import { toDescription, toSummary } from "../../../src/aws/stored-certificate";

test.each([
  ["RSA-2048", "RSA_2048"],
  ["EC-prime256v1", "EC_prime256v1"],
  ["EC_secp384r1", "EC_secp384r1"],
  ["ML-DSA-44", undefined],
])("the key algorithm %s is %s", (text, expected) => {
  expect(toSummary({ CertificateArn: "arn", KeyAlgorithm: text as never }).keyAlgorithm).toBe(expected);
});

test("what is missing in an answer is empty, not an error; an ARN must be there", () => {
  expect(toDescription({ CertificateArn: "arn", DomainName: "a.example.gov" })).toMatchObject({
    domainNames: ["a.example.gov"],
    inUse: false,
    inUseBy: [],
  });
  expect(() => toSummary({})).toThrow(expect.objectContaining({ code: "aws_request" }) as Error);
});
