/** Load balancers, target groups and listeners that terraform makes, with the stand-in for hashicorp/aws. */
import { shakeHands } from "../../src/rollout/shake-hands";
import { parseCertificate } from "../../src/certificates/parse-certificate";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../support/emulated-aws";
import { standInProjects, type StandInProjects } from "../support/stand-in-projects";
import { createTestCa, type TestCa } from "../support/test-certificates";

let ca: TestCa;
let emulated: EmulatedAws;
let projects: StandInProjects;
let certificate: { readonly arn: string; readonly serial: string };

beforeAll(async () => {
  ca = await createTestCa();
});

beforeEach(async () => {
  emulated = await startEmulatedAws();
  projects = standInProjects(emulated);
  const material = await materialOf(ca, { names: ["app.example.gov"] });
  const arn = await emulated
    .access()
    .certificates()
    .importNew({ ...material, tags: {} });
  certificate = { arn, serial: parseCertificate(material.certificatePem).serial };
});

afterEach(async () => {
  await projects.close();
  await emulated.close();
});

const subnets = ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718", "subnet-2a1b2c3d4e5f60718"];
const quoted = (values: readonly string[]) => values.map((value) => `"${value}"`).join(", ");

const application = (balancer = "", group = "") => `
resource "aws_lb" "web" {
  name            = "web"
  security_groups = ["sg-0a1b2c3d4e5f60718"]
  subnets         = [${quoted(subnets.slice(0, 2))}]
  ${balancer}
}
resource "aws_lb_target_group" "app" {
  name        = "app"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
  health_check { path = "/health" }
  ${group}
}
resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "${certificate.arn}"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}`;

const network = (subnetIds: readonly string[], more = "") => `
resource "aws_lb" "edge" {
  load_balancer_type = "network"
  internal           = true
  subnets            = [${quoted(subnetIds)}]
  ${more}
}
resource "aws_lb_target_group" "tls" {
  name_prefix          = "tls-"
  port                 = 443
  protocol             = "TLS"
  vpc_id               = "vpc-0a1b2c3d4e5f60718"
  deregistration_delay = 30
}`;

const summaryOf = async (terraform: Awaited<ReturnType<StandInProjects["open"]>>) =>
  /\d+ to add, \d+ to change, \d+ to destroy/.exec((await terraform.plan()).output)?.[0];

test("an application load balancer whose listener forwards: made, served, changed in place, taken over, removed", async () => {
  const terraform = await projects.open(application());
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const balancer = await terraform.attributes("aws_lb.web");
  expect(balancer).toMatchObject({
    id: balancer.arn,
    arn_suffix: expect.stringMatching(/^app\/web\/[0-9a-f]{16}$/) as string,
    dns_name: expect.stringMatching(/^web-[0-9a-f]+\.us-east-1\.elb\.amazonaws\.com$/) as string,
    internal: false,
    ip_address_type: "ipv4",
    security_groups: ["sg-0a1b2c3d4e5f60718"],
    subnets: subnets.slice(0, 2),
    zone_id: "Z35SXDOTRQ7X7K",
    idle_timeout: 60,
    enable_http2: true,
    tags_all: {},
  });
  expect(await terraform.attributes("aws_lb_target_group.app")).toMatchObject({
    health_check: [{ path: "/health", matcher: "200", timeout: 5, healthy_threshold: 3, interval: 30 }],
    load_balancing_algorithm_type: "round_robin",
    protocol_version: "HTTP1",
    deregistration_delay: "300",
  });

  const { arn } = await terraform.attributes("aws_lb_listener.https");
  const address = emulated.account.frontEnd(String(arn));
  if (address === undefined) throw new Error("the listener is not served");
  const seen = await shakeHands({ ...address, serverName: "app.example.gov", ca: ca.rootPem });
  expect(seen.serial).toBe(certificate.serial);

  const changed = application(
    'idle_timeout = 120\n tags = { team = "web" }',
    'slow_start = 60\n stickiness {\n type = "lb_cookie"\n cookie_duration = 600\n }',
  ).replace(`[${quoted(subnets.slice(0, 2))}]`, `[${quoted(subnets)}]`);
  await terraform.write(projects.mainFile(changed));
  expect(await summaryOf(terraform)).toBe("0 to add, 2 to change, 0 to destroy");
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const [made] = emulated.account.region().elb.loadBalancers.values();
  expect(made?.settings.subnets.slice().sort()).toEqual(subnets);
  expect(made?.attributes.get("idle_timeout.timeout_seconds")).toBe("120");
  const [group] = emulated.account.region().elb.targetGroups.values();
  expect(group?.attributes.get("stickiness.lb_cookie.duration_seconds")).toBe("600");
  expect(group?.attributes.get("slow_start.duration_seconds")).toBe("60");

  for (const address of ["aws_lb.web", "aws_lb_target_group.app"]) {
    const id = String((await terraform.attributes(address)).arn);
    await terraform.succeed(["state", "rm", address]);
    await terraform.import(address, id);
  }
  await terraform.apply();
  await terraform.expectEmptyPlan();
  await terraform.destroy();
  const { elb } = emulated.account.region();
  expect([...elb.loadBalancers.keys(), ...elb.targetGroups.keys(), ...elb.listeners.keys()]).toEqual([]);
});

test("a network load balancer: names made up, a subnet more in place, a subnet less by replacement", async () => {
  const terraform = await projects.open(network(subnets.slice(0, 1)));
  await terraform.apply();
  await terraform.expectEmptyPlan();
  expect(await terraform.attributes("aws_lb.edge")).toMatchObject({
    name: expect.stringMatching(/^tf-lb-\d{18}[0-9a-f]{8}$/) as string,
    name_prefix: "tf-lb-",
    internal: true,
    security_groups: [],
    zone_id: "Z26RNL4JYFTOTI",
  });
  expect(await terraform.attributes("aws_lb_target_group.tls")).toMatchObject({
    name_prefix: "tls-",
    preserve_client_ip: "true",
    deregistration_delay: "30",
  });

  await terraform.write(projects.mainFile(network(subnets, "enable_cross_zone_load_balancing = true")));
  expect(await summaryOf(terraform)).toBe("0 to add, 1 to change, 0 to destroy");
  await terraform.apply();
  await terraform.expectEmptyPlan();
  await terraform.write(projects.mainFile(network(subnets.slice(1))));
  expect(await summaryOf(terraform)).toBe("1 to add, 0 to change, 1 to destroy");
  await terraform.apply();
  await terraform.expectEmptyPlan();
});

test("one removed behind terraform's back is made again; one that is protected is not deleted", async () => {
  const terraform = await projects.open(network(subnets));
  await terraform.apply();
  emulated.account.region().elb.loadBalancers.clear();
  expect(await summaryOf(terraform)).toBe("1 to add, 0 to change, 0 to destroy");
  await terraform.write(projects.mainFile(network(subnets, "enable_deletion_protection = true")));
  await terraform.apply();
  const { output } = await terraform.run(["destroy", "-no-color", "-auto-approve"]);
  expect(output).toContain("deletion protection is enabled");
});

test("says what AWS would refuse, and what the stand-in does not do", async () => {
  const terraform = await projects.open(
    application('access_logs {\n bucket = "logs"\n }').replace("vpc_id ", 'name_prefix = "app"\n #'),
  );
  const { output } = await terraform.plan();
  expect(output).toContain("access_logs is not implemented by the sandbox's stand-in");
  expect(output).toContain("name and name_prefix cannot be set both");
  expect(output).toContain("vpc_id must be set when target_type is ip");

  await terraform.write(projects.mainFile(application().replace(`, "${subnets[1] ?? ""}"`, "")));
  const applied = await terraform.run(["apply", "-no-color", "-auto-approve"]);
  expect(applied.output).toContain("At least two subnets in two different Availability Zones must be specified");
});
