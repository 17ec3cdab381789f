/** Classic Load Balancers, with the stand-in for hashicorp/aws under real terraform. */
import { hostile } from "../../src/sandbox/aws/aws-faults";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../support/emulated-aws";
import { standInProjects, type StandInProjects } from "../support/stand-in-projects";
import { createTestCa, type TestCa } from "../support/test-certificates";

let ca: TestCa;
let emulated: EmulatedAws;
let certificates: readonly string[];
let projects: StandInProjects;

beforeAll(async () => {
  ca = await createTestCa();
});

beforeEach(async () => {
  emulated = await startEmulatedAws();
  projects = standInProjects(emulated);
  const imported = async () =>
    emulated
      .access()
      .certificates()
      .importNew({ ...(await materialOf(ca, { names: ["app.example.gov"] })), tags: {} });
  certificates = [await imported(), await imported()];
});

afterEach(async () => {
  await projects.close();
  await emulated.close();
});

function configuration(certificateArn: string | undefined, more = ""): string {
  return `
  resource "aws_elb" "web" {
    name               = "old-web"
    availability_zones = ["us-east-1a", "us-east-1b"]
    listener {
      lb_port            = 443
      lb_protocol        = "https"
      instance_port      = 80
      instance_protocol  = "HTTP"
      ssl_certificate_id = "${certificateArn ?? ""}"
    }
    ${more}
  }`;
}

const http = 'listener {\n lb_port = 80\n lb_protocol = "http"\n instance_port = 80\n instance_protocol = "http"\n }';

test("makes a load balancer, gives it another certificate in place, takes it over, and removes it", async () => {
  const terraform = await projects.open(configuration(certificates[0], 'tags = { team = "web" }'));
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const listener = { loadBalancerName: "old-web", port: 443 };
  const balancers = emulated.access().classicLoadBalancers();
  expect(await balancers.certificateOf(listener)).toBe(certificates[0]);
  expect(await terraform.attributes("aws_elb.web")).toMatchObject({
    id: "old-web",
    arn: "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/old-web",
    idle_timeout: 60,
    cross_zone_load_balancing: true,
    internal: false,
  });

  const check =
    'health_check {\n target = "TCP:80"\n interval = 10\n timeout = 3\n healthy_threshold = 3\n unhealthy_threshold = 3\n }';
  await terraform.write(projects.mainFile(configuration(certificates[1], `idle_timeout = 90\n${http}\n${check}`)));
  expect((await terraform.plan()).output).toContain("0 to add, 1 to change, 0 to destroy");
  await terraform.apply();
  await terraform.expectEmptyPlan();
  expect(await balancers.certificateOf(listener)).toBe(certificates[1]);
  expect((await balancers.describe("old-web")).HealthCheck).toMatchObject({ Interval: 10 });
  expect(await balancers.tags("old-web")).toEqual({});

  await terraform.succeed(["state", "rm", "aws_elb.web"]);
  await terraform.import("aws_elb.web", "old-web");
  await terraform.apply();
  await terraform.expectEmptyPlan();
  await terraform.destroy();
  expect(emulated.account.region().classicElb.all()).toEqual([]);
});

test("a certificate set behind terraform's back is drift, a load balancer removed there is made again", async () => {
  emulated.account.faults = hostile;
  const terraform = await projects.open(configuration(certificates[0]));
  await terraform.apply();
  const balancers = emulated.access().classicLoadBalancers();
  await balancers.setCertificate({ loadBalancerName: "old-web", port: 443 }, certificates[1] ?? "");
  expect((await terraform.plan()).output).toContain("0 to add, 1 to change, 0 to destroy");
  await balancers.delete("old-web");
  expect((await terraform.plan()).output).toContain("1 to add, 0 to change, 0 to destroy");
});

test("refuses what the stand-in does not do, and a certificate for a listener without TLS", async () => {
  const plain = http.replace("instance_port", 'ssl_certificate_id = "arn"\n instance_port');
  const terraform = await projects.open(
    configuration(certificates[0], `${plain}\n access_logs {\n bucket = "logs"\n }\n name_prefix = "web"`),
  );
  const { output } = await terraform.plan();
  expect(output).toContain("access_logs is not implemented by the sandbox's stand-in");
  expect(output).toContain("name_prefix is not implemented by the sandbox's stand-in");
  expect(output).toContain("ssl_certificate_id may be set only for lb_protocol https or ssl");
});
