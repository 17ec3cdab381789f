/** Zones and records of Route 53, with the stand-in for hashicorp/aws under real terraform. */
import { hostile } from "../../src/sandbox/aws/aws-faults";
import { ZoneStore } from "../../src/sandbox/zone-store";
import { startEmulatedAws, type EmulatedAws } from "../support/emulated-aws";
import { standInProjects, type StandInProjects } from "../support/stand-in-projects";
import type { TerraformProject } from "../support/terraform";

let emulated: EmulatedAws;
let served: ZoneStore;
let projects: StandInProjects;

beforeEach(async () => {
  served = new ZoneStore();
  emulated = await startEmulatedAws({ zones: served });
  projects = standInProjects(emulated);
});

afterEach(async () => {
  await projects.close();
  await emulated.close();
});

function configuration(record: string, zone = ""): string {
  return `
  resource "aws_route53_zone" "zone" {
    name = "example.org"
    ${zone}
  }
  resource "aws_route53_record" "www" {
    zone_id = aws_route53_zone.zone.zone_id
    ${record}
  }`;
}

const text = (value: string, more = "") => `
  name    = "www"
  type    = "TXT"
  ttl     = 60
  records = ["${value}"]
  ${more}`;

const zoneId = async (terraform: TerraformProject) =>
  String((await terraform.attributes("aws_route53_zone.zone")).zone_id);

test("makes zone and record, changes both in place, takes both over by their IDs, and removes them", async () => {
  const terraform = await projects.open(configuration(text("one"), 'tags = { team = "web" }'));
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const id = await zoneId(terraform);
  expect(await terraform.attributes("aws_route53_record.www")).toMatchObject({
    id: `${id}_www.example.org_TXT`,
    fqdn: "www.example.org",
    records: ["one"],
  });
  expect(served.recordSet("example.org", "www.example.org", "TXT")?.rdata).toEqual(['"one"']);

  const changed = configuration(text("two"), 'comment = "of the web team"\n tags = { team = "dns" }');
  await terraform.write(projects.mainFile(changed));
  expect((await terraform.plan()).output).toContain("0 to add, 2 to change, 0 to destroy");
  await terraform.apply();
  await terraform.expectEmptyPlan();

  await terraform.succeed(["state", "rm", "aws_route53_record.www", "aws_route53_zone.zone"]);
  await terraform.import("aws_route53_zone.zone", id);
  await terraform.import("aws_route53_record.www", `${id}_www_TXT`);
  await terraform.apply();
  await terraform.expectEmptyPlan();
  await terraform.destroy();
  expect(emulated.account.hostedZones.all()).toEqual([]);
});

test("a record that is there already is overwritten only where that is allowed; what others change is drift", async () => {
  const terraform = await projects.open(configuration(text("one")));
  await terraform.apply("-target=aws_route53_zone.zone");
  const zones = emulated.access().hostedZones();
  const id = await zoneId(terraform);
  const set = { name: "www.example.org", type: "TXT", ttlSeconds: 60, rdata: ['"theirs"'] };
  await zones.change(id, [{ action: "CREATE", set }]);
  expect((await terraform.run(["apply", "-no-color", "-auto-approve"])).output).toContain("but it already exists");

  await terraform.write(projects.mainFile(configuration(text("one", "allow_overwrite = true"))));
  await terraform.apply();
  await terraform.expectEmptyPlan();
  await zones.change(id, [{ action: "UPSERT", set }]);
  expect((await terraform.plan()).output).toContain("0 to add, 1 to change, 0 to destroy");
  await zones.change(id, [{ action: "DELETE", set }]);
  expect((await terraform.plan()).output).toContain("1 to add, 0 to change, 0 to destroy");
});

test("another name replaces the record, another type does not; a hostile Route 53 does no harm", async () => {
  emulated.account.faults = { ...hostile, enforceRates: false };
  const terraform = await projects.open(configuration(text("one"), "force_destroy = true"));
  await terraform.apply();
  const cname = 'name = "www.example.org"\n type = "CNAME"\n ttl = 60\n records = ["other.example.org"]';
  await terraform.write(
    projects.mainFile(configuration(cname.replace("www.example.org", "www"), "force_destroy = true")),
  );
  expect((await terraform.plan()).output).toContain("0 to add, 1 to change, 0 to destroy");
  await terraform.apply();
  await terraform.write(projects.mainFile(configuration(cname, "force_destroy = true")));
  expect((await terraform.plan()).output).toContain("1 to add, 0 to change, 1 to destroy");
  await terraform.destroy();
});

test("refuses routing policies, which it does not have", async () => {
  const terraform = await projects.open(
    configuration(`${text("one")}\n set_identifier = "a"\n weighted_routing_policy { weight = 1 }`),
  );
  const { output } = await terraform.plan();
  expect(output).toContain("set_identifier is not implemented by the sandbox's stand-in");
  expect(output).toContain("weighted_routing_policy is not implemented by the sandbox's stand-in");
});
