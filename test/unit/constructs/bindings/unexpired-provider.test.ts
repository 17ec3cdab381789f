import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { UnexpiredDnsRecord, UnexpiredProvider } from "../../../../constructs";
import { providerVersion } from "../../../../constructs/bindings/provider-version";
import { version } from "../../../../package.json";
import { makeStack, synthesize } from "../../../support/synthesize-stack";

const blocksOf = (stack: TerraformStack) => synthesize(stack).provider.unexpired;

test("is required in the version of this package", () => {
  const stack = makeStack();
  new UnexpiredProvider(stack, "unexpired");
  expect(synthesize(stack).terraform.required_providers.unexpired).toEqual({ source: "unexpired/unexpired", version });
  expect(providerVersion).toBe(version);
});

test("everything that can be set", () => {
  const stack = makeStack();
  new UnexpiredProvider(stack, "unexpired", {
    region: "us-east-1",
    profile: "tls",
    assumeRole: { roleArn: "arn:aws:iam::111122223333:role/tls", externalId: "e", sessionName: "s" },
    edgeDns: { edgerc: "/etc/edgerc", section: "web", caFile: "/etc/ca.pem" },
    accountStore: { secretsManager: { secretName: "acme/account" } },
    nameServers: ["127.0.0.1:5353", "[::1]:53"],
  });
  expect(blocksOf(stack)).toEqual([
    {
      region: "us-east-1",
      profile: "tls",
      assume_role: { role_arn: "arn:aws:iam::111122223333:role/tls", external_id: "e", session_name: "s" },
      edge_dns: { edgerc: "/etc/edgerc", section: "web", ca_file: "/etc/ca.pem" },
      account_store: { secrets_manager: { secret_name: "acme/account" } },
      name_servers: ["127.0.0.1:5353", "[::1]:53"],
    },
  ]);
});

describe("the default block of a stack", () => {
  test("made by hand after it was made on demand takes its place", () => {
    const stack = makeStack();
    UnexpiredProvider.ensureIn(stack);
    new UnexpiredProvider(stack, "unexpired", { region: "eu-west-1" });
    UnexpiredProvider.ensureIn(stack);
    expect(blocksOf(stack)).toEqual([{ region: "eu-west-1" }]);
  });

  test("made by hand twice is a mistake", () => {
    const stack = makeStack();
    new UnexpiredProvider(stack, "one");
    expect(() => new UnexpiredProvider(stack, "two")).toThrow(/^infra\/two: .*already, infra\/one .*alias/);
  });

  test("stands beside aliased ones", () => {
    const stack = makeStack();
    new UnexpiredProvider(stack, "one", { alias: "one" });
    UnexpiredProvider.ensureIn(stack);
    expect(blocksOf(stack)).toEqual([{ alias: "one" }, {}]);
  });
});

describe("account and region follow the AWS provider of the stack", () => {
  const assumeRole = [{ roleArn: "arn:aws:iam::111122223333:role/deploy", externalId: "e" }];
  const aws = { region: "us-gov-west-1", profile: "agency", assumeRole };
  const followed = {
    region: "us-gov-west-1",
    profile: "agency",
    assume_role: { role_arn: "arn:aws:iam::111122223333:role/deploy", external_id: "e" },
  };

  test("whichever of the two is made first", () => {
    const stack = makeStack();
    UnexpiredProvider.ensureIn(stack);
    new AwsProvider(stack, "aws", aws);
    expect(blocksOf(stack)).toEqual([followed]);
  });

  test("where our block says nothing of its own", () => {
    const stack = makeStack();
    new AwsProvider(stack, "aws", aws);
    new UnexpiredProvider(stack, "unexpired", { profile: "tls", region: undefined });
    expect(blocksOf(stack)).toEqual([{ region: "us-gov-west-1", profile: "tls" }]);
  });

  test("not those of an aliased one, and not into an aliased block", () => {
    const stack = makeStack();
    new AwsProvider(stack, "aws-dr", { ...aws, alias: "dr" });
    UnexpiredProvider.ensureIn(stack);
    new AwsProvider(stack, "aws", {});
    new UnexpiredProvider(stack, "dr", { alias: "dr" });
    expect(blocksOf(stack)).toEqual([{}, { alias: "dr" }]);
  });
});

test("a record finds the block", () => {
  const stack = makeStack();
  UnexpiredProvider.ensureIn(stack);
  const record = { zone: "example.gov", name: "_x.example.gov", type: "TXT", values: ["a"], ttlSeconds: 60 };
  new UnexpiredDnsRecord(stack, "record", record);
  const [resource] = Object.values(synthesize(stack).resource.unexpired_dns_record ?? {});
  expect(resource).toMatchObject({
    zone: "example.gov",
    name: "_x.example.gov",
    type: "TXT",
    values: ["a"],
    ttl_seconds: 60,
  });
});
