import { parseArn, parseCertificateArn } from "../../../src/aws/arn";

test("takes an ARN apart, also one with colons in its resource and outside the standard partition", () => {
  expect(parseArn("arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:name-1")).toEqual({
    partition: "aws-us-gov",
    service: "secretsmanager",
    region: "us-gov-west-1",
    accountId: "111122223333",
    resource: "secret:name-1",
  });
});

test.each(["", "certificate/1", "arn:aws:acm:us-east-1:111122223333", "arn:aws:iam::111122223333:role/x"])(
  "%s is not a certificate's ARN",
  (text) => {
    expect(() => parseCertificateArn(text)).toThrow(expect.objectContaining({ code: "invalid_argument" }) as Error);
  },
);
