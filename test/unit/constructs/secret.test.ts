import { Secret } from "../../../constructs";
import { makeStack } from "../../support/synthesize-stack";

test.each([
  Secret.environment("EAB_HMAC_KEY"),
  Secret.environment("${var.name}"),
  Secret.secretsManager("arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:eab/key-AbCdEf"),
  Secret.file("/run/secrets/eab"),
  Secret.file("C:\\keys\\eab"),
])("%j is a reference", (secret) => {
  expect(() => Secret.check(makeStack(), "key", secret)).not.toThrow();
});

test.each([
  Secret.environment("hmac"),
  Secret.environment("1KEY"),
  Secret.environment(""),
  Secret.secretsManager("eab/key"),
  Secret.file("eab.key"),
  Secret.file("~/eab.key"),
  Secret.file("/line\nbreak"),
  "literal",
  undefined,
  { source: "environment", reference: "LOOKS_RIGHT" },
])("%j is none", (value) => {
  expect(() => Secret.check(makeStack(), "key", value)).toThrow(/^infra: key is/);
});
