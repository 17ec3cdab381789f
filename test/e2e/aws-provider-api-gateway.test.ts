/** Domain names of API Gateway, with the stand-in for hashicorp/aws under real terraform. */
import { materialOf, startEmulatedAws, type EmulatedAws } from "../support/emulated-aws";
import { standInProjects, type StandInProjects } from "../support/stand-in-projects";
import { createTestCa } from "../support/test-certificates";

let emulated: EmulatedAws;
let projects: StandInProjects;
let certificates: readonly string[];

beforeEach(async () => {
  const ca = await createTestCa();
  emulated = await startEmulatedAws();
  projects = standInProjects(emulated);
  const imported = async () =>
    emulated
      .access()
      .certificates()
      .importNew({ ...(await materialOf(ca, { names: ["api.example.gov"] })), tags: {} });
  certificates = [await imported(), await imported()];
});

afterEach(async () => {
  await projects.close();
  await emulated.close();
});

const domainName = (certificateArn: string | undefined, more = "") => `
resource "aws_apigatewayv2_domain_name" "api" {
  domain_name = "api.example.gov"
  ${more}
  domain_name_configuration {
    certificate_arn = "${certificateArn ?? ""}"
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}`;

test("version 2: makes a name, gives it another certificate in place, takes it over, and removes it", async () => {
  const terraform = await projects.open(domainName(certificates[0]));
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const [made] = emulated.account.domainNames.all();
  expect(await terraform.attributes("aws_apigatewayv2_domain_name.api")).toMatchObject({
    id: "api.example.gov",
    arn: made?.arn,
    domain_name_configuration: [{ target_domain_name: made?.target, certificate_arn: certificates[0] }],
  });

  await terraform.write(projects.mainFile(domainName(certificates[1], 'tags = { team = "api" }')));
  expect((await terraform.plan()).output).toContain("0 to add, 1 to change, 0 to destroy");
  await terraform.apply();
  await terraform.expectEmptyPlan();
  expect(made).toMatchObject({ certificateArn: certificates[1], tags: { team: "api" } });

  await terraform.succeed(["state", "rm", "aws_apigatewayv2_domain_name.api"]);
  await terraform.import("aws_apigatewayv2_domain_name.api", "api.example.gov");
  await terraform.expectEmptyPlan();
  await terraform.destroy();
  expect(emulated.account.domainNames.all()).toEqual([]);
});

test.each([
  ["REGIONAL", "regional_certificate_arn"],
  ["EDGE", "certificate_arn"],
])(
  "version 1, %s: made, given another certificate in place, taken over, removed",
  async (type, attribute) => {
    const configured = (certificateArn: string | undefined, team = "api") => `
resource "aws_api_gateway_domain_name" "api" {
  domain_name = "api.example.gov"
  tags        = { team = "${team}" }
  ${attribute} = "${certificateArn ?? ""}"
  endpoint_configuration { types = ["${type}"] }
}`;
    const terraform = await projects.open(configured(certificates[0]));
    await terraform.apply();
    await terraform.expectEmptyPlan();
    const [made] = emulated.account.domainNames.all();
    expect(await terraform.attributes("aws_api_gateway_domain_name.api")).toMatchObject({
      id: "api.example.gov",
      arn: made?.arn,
      [type === "EDGE" ? "cloudfront_domain_name" : "regional_domain_name"]: made?.target,
    });

    await terraform.write(projects.mainFile(configured(certificates[1], "web")));
    expect((await terraform.plan()).output).toContain("0 to add, 1 to change, 0 to destroy");
    await terraform.apply();
    await terraform.expectEmptyPlan();
    expect(made).toMatchObject({ certificateArn: certificates[1], tags: { team: "web" } });

    await terraform.succeed(["state", "rm", "aws_api_gateway_domain_name.api"]);
    await terraform.import("aws_api_gateway_domain_name.api", "api.example.gov");
    await terraform.expectEmptyPlan();
    await terraform.destroy();
    expect(emulated.account.domainNames.all()).toEqual([]);
  },
  300_000,
);

test("refuses what it does not implement", async () => {
  const terraform = await projects.open(
    domainName(certificates[0], 'mutual_tls_authentication {\n truststore_uri = "s3://a/b"\n }'),
  );
  const { exitCode, output } = await terraform.plan();
  expect(exitCode).toBe(1);
  expect(output).toContain("mutual_tls_authentication is not implemented by the sandbox's stand-in for hashicorp/aws");
});
