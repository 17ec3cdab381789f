/** Alarms, rules and topics under real terraform, with the stand-in for hashicorp/aws: as such, and of our constructs. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Testing } from "cdktf";
import {
  CertificateAlarms,
  CertificateIssuer,
  DnsZone,
  ManagedCertificate,
  type CertificateAlarmsProps,
} from "../../constructs";
import { serveReattach } from "../../src/provider/plugin/serve-reattach";
import { createAwsStandIn } from "../../src/sandbox/aws-provider/aws-stand-in";
import { hostile } from "../../src/sandbox/aws/aws-faults";
import { startDnsServer, type RunningDnsServer } from "../../src/sandbox/dns-server/start-dns-server";
import { RequestGate } from "../../src/sandbox/request-gate";
import { ZoneStore } from "../../src/sandbox/zone-store";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../support/emulated-aws";
import { standInProjects, type StandInProjects } from "../support/stand-in-projects";
import { makeStack } from "../support/synthesize-stack";
import { TerraformProject } from "../support/terraform";
import { createTestCa } from "../support/test-certificates";

let zones: ZoneStore;
let dns: RunningDnsServer;
let emulated: EmulatedAws;
let projects: StandInProjects;
let now: () => Date;
const cleanups: (() => Promise<void>)[] = [];

beforeEach(async () => {
  now = () => new Date();
  zones = new ZoneStore();
  dns = await startDnsServer({ store: zones, gate: new RequestGate() });
  emulated = await startEmulatedAws({ dnsServer: dns, zones, now: () => now() });
  projects = standInProjects(emulated);
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await projects.close();
  await emulated.close();
  await dns.close();
});

const configuration = ({ alarm = "", rule = "", target = "", topic = "" } = {}) => `
resource "aws_sns_topic" "on_call" {
  ${topic}
}
resource "aws_sns_topic_policy" "on_call" {
  arn = aws_sns_topic.on_call.arn
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.on_call.arn
    }]
  })
}
resource "aws_cloudwatch_metric_alarm" "expiry" {
  alarm_name          = "expiry"
  namespace           = "AWS/CertificateManager"
  metric_name         = "DaysToExpiry"
  statistic           = "Minimum"
  period              = 86400
  evaluation_periods  = 1
  comparison_operator = "LessThanThreshold"
  alarm_actions       = [aws_sns_topic.on_call.arn]
  ${alarm === "" ? "threshold = 14" : alarm}
}
resource "aws_cloudwatch_event_rule" "acm" {
  event_pattern = jsonencode({ source = ["aws.acm"] })
  ${rule}
}
resource "aws_cloudwatch_event_target" "acm" {
  rule = aws_cloudwatch_event_rule.acm.name
  arn  = aws_sns_topic.on_call.arn
  ${target}
}`;

const changes = async (terraform: TerraformProject) =>
  /\d+ to add, \d+ to change, \d+ to destroy/.exec((await terraform.plan()).output)?.[0] ?? "none";

test("each type is made, changed in place, taken over and removed", async () => {
  const terraform = await projects.open(configuration());
  await terraform.apply();
  await terraform.expectEmptyPlan();
  expect(await terraform.attributes("aws_sns_topic.on_call")).toMatchObject({
    name: expect.stringMatching(/^terraform-\d{18}[0-9a-f]{8}$/) as string,
    name_prefix: "terraform-",
    owner: "111122223333",
  });
  expect(await terraform.attributes("aws_cloudwatch_metric_alarm.expiry")).toMatchObject({
    arn: "arn:aws:cloudwatch:us-east-1:111122223333:alarm:expiry",
    actions_enabled: true,
    ok_actions: null,
    treat_missing_data: "missing",
  });

  const changed = configuration({
    alarm: 'threshold = 7.5\n treat_missing_data = "breaching"\n tags = { team = "web" }',
    rule: 'state = "DISABLED"\n tags = { team = "web" }',
    target: 'input = jsonencode({ text = "see the runbook" })',
    topic: 'display_name = "on call"\n tags = { team = "web" }',
  });
  await terraform.write(projects.mainFile(changed));
  expect(await changes(terraform)).toBe("0 to add, 4 to change, 0 to destroy");
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const region = emulated.account.region();
  expect(region.alarms.all()).toMatchObject([{ settings: { threshold: 7.5 }, tags: new Map([["team", "web"]]) }]);
  expect(region.eventRules.all()).toMatchObject([{ settings: { state: "DISABLED" } }]);

  const topicArn = String((await terraform.attributes("aws_sns_topic.on_call")).arn);
  const { rule, target_id } = await terraform.attributes("aws_cloudwatch_event_target.acm");
  const ids = {
    "aws_sns_topic.on_call": topicArn,
    "aws_sns_topic_policy.on_call": topicArn,
    "aws_cloudwatch_metric_alarm.expiry": "expiry",
    "aws_cloudwatch_event_rule.acm": String(rule),
    "aws_cloudwatch_event_target.acm": `${String(rule)}/${String(target_id)}`,
  };
  for (const [address, id] of Object.entries(ids)) {
    await terraform.succeed(["state", "rm", address]);
    await terraform.import(address, id);
  }
  await terraform.apply();
  await terraform.expectEmptyPlan();
  await terraform.destroy();
  expect([region.alarms.all(), region.eventRules.all(), region.topics.all()]).toEqual([[], [], []]);
});

test("what is removed or changed behind terraform's back is drift, under a hostile AWS too", async () => {
  emulated.account.faults = hostile;
  const terraform = await projects.open(configuration());
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const { alarms, eventRules } = emulated.account.region();
  const [rule] = eventRules.all();
  rule?.targets.clear();
  expect(await changes(terraform)).toBe("1 to add, 0 to change, 0 to destroy");
  eventRules.delete(rule?.settings.name ?? "");
  const [alarm] = alarms.all();
  if (alarm === undefined) throw new Error("no alarm");
  alarm.configure({ ...alarm.settings, threshold: 3 }, new Date());
  expect(await changes(terraform)).toBe("2 to add, 1 to change, 0 to destroy");
  await terraform.apply();
  await terraform.expectEmptyPlan();
});

test("an alarm of a name that is taken is refused, and what the stand-in does not do is named", async () => {
  const twice = `${configuration()}
resource "aws_cloudwatch_metric_alarm" "other" {
  alarm_name          = "expiry"
  namespace           = "AWS/CertificateManager"
  metric_name         = "DaysToExpiry"
  statistic           = "Minimum"
  period              = 86400
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  depends_on          = [aws_cloudwatch_metric_alarm.expiry]
}`;
  const terraform = await projects.open(twice);
  const { output } = await terraform.run(["apply", "-no-color", "-auto-approve"]);
  expect(output).toContain('CloudWatch metric alarm "expiry" already exists');
  const planOf = async (parts: Parameters<typeof configuration>[0]) => {
    await terraform.write(projects.mainFile(configuration(parts)));
    return (await terraform.plan()).output;
  };
  expect(await planOf({ rule: 'event_bus_name = "orders"' })).toContain("the sandbox has the default event bus alone");
  expect(await planOf({ topic: "fifo_topic = true" })).toContain("the sandbox has no FIFO topics");
  expect(await planOf({ alarm: "threshold = 1\n datapoints_to_alarm = 0" })).toContain("must be a whole number from 1");
  expect(await planOf({ target: 'sqs_target {\n message_group_id = "1"\n }' })).toContain(
    "sqs_target is not implemented",
  );
});

describe("CertificateAlarms", () => {
  let imported: string;
  let zoneId: string;

  beforeEach(async () => {
    const ca = await createTestCa();
    const notAfter = new Date(Date.now() + 100 * 86_400_000);
    const material = await materialOf(ca, { names: ["paid.example.org"], notAfter });
    imported = await emulated
      .access()
      .certificates()
      .importNew({ ...material, tags: {} });
    const made = await emulated.access().hostedZones().create({ name: "example.org", callerReference: "once" });
    zoneId = made.id;
  });

  /** A certificate that ACM issues, in use, and one that somebody else renews. */
  function synthesized(props: Partial<CertificateAlarmsProps> = {}): { readonly "cdk.tf.json": string } {
    const stack = makeStack();
    const { region, accessKeyId: accessKey, secretAccessKey: secretKey } = emulated.aws;
    new AwsProvider(stack, "aws", { region, accessKey, secretKey });
    const zone = DnsZone.route53(stack, "zone", { zoneName: "example.org", hostedZoneId: zoneId });
    const issued = new ManagedCertificate(stack, "web", {
      domainNames: ["app.example.org"],
      issuer: CertificateIssuer.acm(),
      zone,
    });
    new LbListener(stack, "https", {
      loadBalancerArn: emulated.account.createLoadBalancer({ name: "web" }).arn,
      port: 443,
      protocol: "HTTPS",
      certificateArn: issued.certificateArn,
      defaultAction: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
    });
    const paid = ManagedCertificate.fromArn(stack, "paid", imported);
    new CertificateAlarms(stack, "alarms", { certificates: [issued, paid], ...props });
    return { "cdk.tf.json": Testing.synth(stack, true) };
  }

  async function project(files: Readonly<Record<string, string>>): Promise<TerraformProject> {
    const provider = await serveReattach(createAwsStandIn({ AWS_ENDPOINT_URL: emulated.aws.endpointUrl }));
    const made = await TerraformProject.create({ files, reattach: provider.reattach });
    cleanups.push(
      () => provider.close(),
      () => made.remove(),
    );
    return made;
  }

  /** A day so many days ahead, and what it brought to topics. */
  function dayAhead(days: number): readonly string[] {
    const before = emulated.account.messages().length;
    now = () => new Date(Date.now() + days * 86_400_000);
    emulated.account.publishDailyNotices();
    return emulated.account
      .messages()
      .slice(before)
      .map(({ subject, body }) => {
        if (subject !== undefined) return subject;
        const event = JSON.parse(body) as { readonly "detail-type": string; readonly detail: { CommonName: string } };
        return `${event["detail-type"]}: ${event.detail.CommonName}`;
      });
  }

  test("are applied, planned empty, heard when a renewal fails, changed, and removed", async () => {
    const terraform = await project(synthesized());
    await terraform.apply();
    await terraform.expectEmptyPlan();
    const region = emulated.account.region();
    expect(region.alarms.all()).toHaveLength(2);
    expect(region.eventRules.all()).toHaveLength(3);

    const alarmOf = (path: string, days: number, state: string) =>
      `${state}: "infra/${path}: ${days} days to the end of the certificate" in us-east-1`;
    expect([...dayAhead(0)].sort()).toEqual([alarmOf("paid", 14, "OK"), alarmOf("web", 14, "OK")]);
    expect(dayAhead(53)).toEqual([]);
    expect(dayAhead(60)).toEqual(["ACM Certificate Approaching Expiration: paid.example.org"]);
    expect(dayAhead(90)).toEqual([
      "ACM Certificate Approaching Expiration: paid.example.org",
      alarmOf("paid", 14, "ALARM"),
    ]);

    // ACM cannot renew without the record that proves the name.
    const [proof = ""] = zones.recordSets("example.org").flatMap(({ type, name }) => (type === "CNAME" ? [name] : []));
    zones.write("example.org", { remove: [{ name: proof, type: "CNAME" }] });
    now = () => new Date(Date.now() + 170 * 86_400_000);
    await region.caretaker.round();
    expect(dayAhead(170)).toEqual([
      "ACM Certificate Approaching Expiration: app.example.org",
      "ACM Certificate Renewal Action Required: app.example.org",
    ]);
    expect(dayAhead(185)).toContain(alarmOf("web", 14, "ALARM"));
    expect(dayAhead(200)).toEqual(["ACM Certificate Expired: app.example.org"]);
    expect(region.alarms.all().map(({ state }) => state)).toEqual(["ALARM", "ALARM"]);

    now = () => new Date();
    await terraform.write(synthesized({ daysToExpiry: 10, events: false }));
    const plan = (await terraform.plan()).output;
    expect(plan).toContain("2 to add, 0 to change, 8 to destroy");
    await terraform.apply();
    await terraform.expectEmptyPlan();
    await terraform.destroy();
    expect([region.alarms.all(), region.eventRules.all(), region.topics.all()]).toEqual([[], [], []]);
  });
});
