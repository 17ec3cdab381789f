/** What `manage-certs init --iam` prints against the calls that scan and renew make: none missing, none too many. */
import { IAMClient, UploadServerCertificateCommand } from "@aws-sdk/client-iam";
import { iamPolicy } from "../../src/manage-certs/init/iam-policy";
import { accountService } from "../../src/sandbox/aws/account/account-service";
import { acmService } from "../../src/sandbox/aws/acm/acm-service";
import { apiGatewayService } from "../../src/sandbox/aws/apigateway/api-gateway-service";
import { apiGatewayV2Service } from "../../src/sandbox/aws/apigatewayv2/api-gateway-v2-service";
import { cloudFrontService } from "../../src/sandbox/aws/cloudfront/cloudfront-service";
import { classicElbService } from "../../src/sandbox/aws/elb/classic-elb-service";
import { elbService } from "../../src/sandbox/aws/elbv2/elb-service";
import { iamService } from "../../src/sandbox/aws/iam/iam-service";
import { route53Service } from "../../src/sandbox/aws/route53/route53-service";
import { secretsService } from "../../src/sandbox/aws/secrets-manager/secrets-service";
import type { Service } from "../../src/sandbox/aws/service";
import { stsService } from "../../src/sandbox/aws/sts/sts-service";
import { taggingService } from "../../src/sandbox/aws/tagging/tagging-service";
import { RenewCommand } from "../support/renew-command";
import { RenewWorld, withDaysLeft } from "../support/renew-world";

const services: readonly Service[] = [
  ...[accountService, acmService, apiGatewayService, apiGatewayV2Service, classicElbService, cloudFrontService],
  ...[elbService, iamService, route53Service, secretsService, stsService, taggingService],
];

/** Operation → IAM action. API Gateway's are methods of HTTP (API Gateway developer guide, "Control access"). */
const iamActions = new Map(
  services.flatMap(({ iamPrefix, operations, routes }) =>
    Object.keys(operations).map((operation) => {
      const method = routes?.find(({ action }) => action === operation)?.method;
      return [operation, `${iamPrefix}:${iamPrefix === "apigateway" ? method : operation}`] as const;
    }),
  ),
);

/** STS answers it to everybody, whatever their policies say (AWS STS API reference, GetCallerIdentity). */
const needsNoPermission = "sts:GetCallerIdentity";

let world: RenewWorld;
beforeEach(async () => {
  world = await RenewWorld.start();
});
afterEach(() => world.close());

const names = ["app.example.gov", "rest.example.gov", "http.example.gov"];
/** ACM takes no re-import of such a one, so every attachment moves. */
const incompatible = { names, key: "RSA_2048", keyUsage: ["digitalSignature", "dataEncipherment"] } as const;

test("scan of all regions, renew at every kind of serving point", async () => {
  const { sandbox, aws } = world.world;
  const { region } = sandbox.aws;
  const web = await world.importPaid(incompatible);
  const young = await world.importPaid({ names: ["young.example.gov"], ...withDaysLeft(80) });
  await world.listener("default", web.arn);
  await world.listener("sni", young.arn, web.arn);
  const https = { Protocol: "HTTPS", LoadBalancerPort: 443, InstanceProtocol: "HTTP", InstancePort: 80 };
  await aws.classicLoadBalancers().create({
    LoadBalancerName: "classic",
    AvailabilityZones: [`${region}a`],
    Listeners: [{ ...https, SSLCertificateId: web.arn }],
  });
  await aws.distributions().create(
    {
      CallerReference: "one",
      Comment: "",
      Enabled: true,
      Aliases: { Quantity: 1, Items: ["app.example.gov"] },
      Origins: {
        Quantity: 1,
        Items: [{ Id: "web", DomainName: "origin.example.gov", S3OriginConfig: { OriginAccessIdentity: "" } }],
      },
      DefaultCacheBehavior: {
        TargetOriginId: "web",
        ViewerProtocolPolicy: "redirect-to-https",
        ForwardedValues: { QueryString: true, Cookies: { Forward: "none" } },
      },
      ViewerCertificate: {
        ACMCertificateArn: web.arn,
        SSLSupportMethod: "sni-only",
        MinimumProtocolVersion: "TLSv1.2_2019",
      },
    },
    {},
  );
  await aws.restApiDomainNames(region).create({
    domainName: "rest.example.gov",
    endpointConfiguration: { types: ["REGIONAL"] },
    regionalCertificateArn: web.arn,
  });
  const httpApi = { CertificateArn: web.arn, EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2" } as const;
  await aws.httpApiDomainNames(region).create("http.example.gov", httpApi);
  const { accessKeyId, secretAccessKey, endpointUrl: endpoint } = sandbox.aws;
  const iam = new IAMClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  const upload = {
    ServerCertificateName: "old",
    CertificateBody: young.leaf.leafPem,
    PrivateKey: young.leaf.privateKeyPem,
  };
  await iam.send(new UploadServerCertificateCommand(upload));
  for (const { id } of (await world.scan()).servingPoints)
    if (sandbox.account.frontEnd(id) === undefined) world.hide(id);
  const { arn: roleArn } = sandbox.account.roles.create({ name: "manage-certs", trusts: [sandbox.account.accountId] });
  const setUp = sandbox.gate.history.length;

  const command = new RenewCommand(world, {
    zones: [{ name: "example.gov" }],
    accounts: [{ name: "shop", roleArn }],
    accountStore: { secretsManager: "unexpired/account" },
    regions: "all",
    limits: { graceHours: 0 },
    verify: { waitSeconds: 1 },
  });
  const renewed = await command.run("renew", "--apply", "--unproved");
  expect(renewed.errors).toContain("renewed");
  expect(renewed.code).toBe(0);
  // one with these names is there since a moment, of which the tags are not listed yet
  expect(await command.run("issue", "young.example.gov", "--key-algorithm", "EC_prime256v1")).toMatchObject({
    code: 2,
  });
  expect(await command.run("verify", "young.example.gov:443", "sni:443")).toMatchObject({ code: 1 });

  const called = sandbox.gate.history.slice(setUp).filter(({ part }) => part === "aws");
  const needed = new Set(called.map(({ operation }) => iamActions.get(operation) ?? operation));
  needed.delete(needsNoPermission);
  // the engine's own, which test/e2e/iam-policy.test.ts holds to its calls, and manage-certs-revoke.test.ts
  const tested = iamPolicy.Statement.filter(({ Sid }) => !/^OnlyForZonesInRoute53|^OnlyToRevoke/.test(Sid));
  expect([...needed].sort()).toEqual(tested.flatMap(({ Action }) => Action).sort());
});
