/** Several accounts and their regions in the emulated AWS, asked by the SDK over a socket. */
import { AccountClient, GetRegionOptStatusCommand, ListRegionsCommand } from "@aws-sdk/client-account";
import { ACMClient, ListCertificatesCommand } from "@aws-sdk/client-acm";
import { ElasticLoadBalancingV2Client, DescribeLoadBalancersCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { firstRegionStatuses } from "../../../src/sandbox/aws/account/region-status";
import { AwsAccount } from "../../../src/sandbox/aws/aws-account";
import { calm } from "../../../src/sandbox/aws/aws-faults";
import { startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

let emulated: EmulatedAws;
let member: AwsAccount;

beforeEach(async () => {
  emulated = await startEmulatedAws();
  member = new AwsAccount({ accountId: "999988887777" });
  emulated.account.addNeighbour(member);
});

afterEach(() => emulated.close());

function options(keys: Keys = emulated.aws, region = "us-east-1") {
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  return {
    endpoint: emulated.aws.endpointUrl,
    region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    maxAttempts: 1,
  };
}

async function assume(RoleArn: string, more: { ExternalId?: string; DurationSeconds?: number } = {}, keys?: Keys) {
  const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: "scan", ...more });
  const { Credentials, AssumedRoleUser } = await new STSClient(options(keys)).send(command);
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken, Expiration } = Credentials ?? {};
  const assumed = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { keys: assumed, user: AssumedRoleUser, expiration: Expiration };
}

test("a role that trusts the caller gives a session in its own account", async () => {
  const role = member.roles.create({ name: "scan", path: "/tls/", trusts: ["111122223333"] });
  const { keys, user } = await assume(role.arn);
  expect(user).toEqual({
    Arn: "arn:aws:sts::999988887777:assumed-role/scan/scan",
    AssumedRoleId: `${role.id}:scan`,
  });
  const identity = await new STSClient(options(keys)).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({ Account: "999988887777", Arn: user?.Arn, UserId: `${role.id}:scan` });

  member.createLoadBalancer({ name: "theirs", region: "eu-west-1" });
  emulated.account.createLoadBalancer({ name: "ours", region: "eu-west-1" });
  const balancers = new ElasticLoadBalancingV2Client(options(keys, "eu-west-1"));
  const { LoadBalancers = [] } = await balancers.send(new DescribeLoadBalancersCommand({}));
  expect(LoadBalancers.map(({ LoadBalancerName }) => LoadBalancerName)).toEqual(["theirs"]);
});

test.each([
  ["is not there", () => "arn:aws:iam::999988887777:role/nothing"],
  ["is in an account that nobody knows", () => "arn:aws:iam::123456789012:role/scan"],
  ["trusts others", () => member.roles.create({ name: "scan", trusts: ["222233334444"] }).arn],
  ["wants an external ID", () => member.roles.create({ name: "scan", trusts: ["111122223333"], externalId: "x" }).arn],
])("a role that %s is denied in AWS's words", async (_, roleArn) => {
  await expect(assume(roleArn())).rejects.toMatchObject({
    name: "AccessDenied",
    message: `User: arn:aws:iam::111122223333:user/operator is not authorized to perform: sts:AssumeRole on resource: ${roleArn()}`,
    $metadata: { httpStatusCode: 403 },
  });
});

test("sessions last as long as asked for, within the role's limit and an hour from one role to the next", async () => {
  const { arn } = member.roles.create({ name: "scan", trusts: ["111122223333"], longestSessionSeconds: 7200 });
  const begin = Date.now();
  const { expiration } = await assume(arn, { DurationSeconds: 7200 });
  expect(expiration?.getTime()).toBeGreaterThanOrEqual(begin + 7_199_000);
  const invalid = { name: "ValidationError" };
  await expect(assume(arn, { DurationSeconds: 7201 })).rejects.toMatchObject(invalid);
  await expect(assume(arn, { DurationSeconds: 899 })).rejects.toMatchObject(invalid);

  const first = emulated.account.roles.create({ name: "ci", trusts: ["111122223333"] });
  const { keys } = await assume(first.arn);
  await expect(assume(arn, { DurationSeconds: 3601 }, keys)).rejects.toMatchObject(invalid);
  expect((await assume(arn, { DurationSeconds: 3600 }, keys)).user?.Arn).toContain("999988887777");
});

test("ListRegions tells the regions of the caller's account, by status and in pages", async () => {
  emulated.account.regionStatuses = { ...firstRegionStatuses, "eu-south-1": "ENABLED" };
  const account = new AccountClient(options());
  const { Regions = [] } = await account.send(new ListRegionsCommand({}));
  expect(Regions).toHaveLength(34);
  expect(Regions).toContainEqual({ RegionName: "us-east-1", RegionOptStatus: "ENABLED_BY_DEFAULT" });
  expect(Regions).toContainEqual({ RegionName: "eu-south-1", RegionOptStatus: "ENABLED" });
  const RegionOptStatusContains = ["ENABLED" as const, "ENABLED_BY_DEFAULT" as const];
  const page = await account.send(new ListRegionsCommand({ RegionOptStatusContains, MaxResults: 10 }));
  expect(page.Regions).toHaveLength(10);
  const rest = { RegionOptStatusContains, NextToken: page.NextToken };
  expect((await account.send(new ListRegionsCommand(rest))).Regions).toHaveLength(8);
  const one = await account.send(new GetRegionOptStatusCommand({ RegionName: "af-south-1" }));
  expect(one.RegionOptStatus).toBe("DISABLED");
  await expect(account.send(new ListRegionsCommand({ AccountId: "999988887777" }))).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  await expect(account.send(new ListRegionsCommand({ MaxResults: 51 }))).rejects.toMatchObject({
    name: "ValidationException",
  });
});

test("nobody is known in a region that the account has not turned on", async () => {
  const list = () => new ACMClient(options(undefined, "eu-south-1")).send(new ListCertificatesCommand({}));
  await expect(list()).rejects.toMatchObject({ name: "UnrecognizedClientException" });
  const identity = new STSClient(options(undefined, "eu-south-1")).send(new GetCallerIdentityCommand({}));
  await expect(identity).rejects.toMatchObject({ name: "InvalidClientTokenId" });
  emulated.account.regionStatuses = { ...firstRegionStatuses, "eu-south-1": "ENABLED" };
  expect((await list()).CertificateSummaryList).toEqual([]);
});

test("a region that is down fails alone", async () => {
  emulated.account.faults = { ...calm, unavailableRegions: ["eu-west-1"] };
  const list = (region: string) => new ACMClient(options(undefined, region)).send(new ListCertificatesCommand({}));
  await expect(list("eu-west-1")).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  expect((await list("eu-central-1")).CertificateSummaryList).toEqual([]);
});
