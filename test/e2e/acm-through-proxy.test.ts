/**
 * examples/alb-acm-through-proxy: the CNAME that proves a name to ACM goes through akamai-dns-proxy, in a process of its own,
 * to Edge DNS. Removed behind terraform's back it is drift; until that is repaired ACM cannot renew, afterwards it does.
 */
import { plannedChanges } from "../support/examples/planned-changes";
import { startExampleWorld, type ExampleWorld } from "../support/examples/example-world";
import { OwnProxy } from "../support/own-proxy";
import { until } from "../support/until";

let world: ExampleWorld;
let proxy: OwnProxy;

beforeAll(async () => {
  world = await startExampleWorld();
  const grant = "{ client: team-web, zone: example.gov, allow: acm-validation, names: [app.example.gov] }";
  proxy = await OwnProxy.start(world.sandbox, [grant]);
});
afterAll(async () => {
  await proxy.close();
  await world.close();
});

const day = 24 * 3600 * 1000;

/** The certificate as it will be in so many days: what ACM goes by are its dates. */
function letDaysPass(days: number): void {
  const [record] = world.sandbox.account.region().acm.all();
  if (record?.material === undefined) throw new Error("nothing was issued");
  const { notBefore, notAfter } = record.material.info;
  const earlier = (date: Date) => new Date(date.getTime() - days * day);
  const info = { ...record.material.info, notBefore: earlier(notBefore), notAfter: earlier(notAfter) };
  record.material = { ...record.material, info };
}

test("issued, repaired, renewed, changed as the README says, destroyed", async () => {
  const { sandbox } = world;
  const environment = { TF_VAR_load_balancer_arn: sandbox.loadBalancers.get("web") ?? "" };
  const example = await world.open("alb-acm-through-proxy", { environment });
  const { terraform } = example;
  await proxy.synthesize(example);
  await terraform.apply();
  await terraform.expectEmptyPlan();
  const proofs = () => sandbox.zones.recordSets("example.gov").filter(({ type }) => type === "CNAME");
  const [proof] = proofs();
  expect(proofs()).toHaveLength(1);
  const written = `create-record-set CNAME ${proof?.name}: done`;
  expect(await proxy.writes()).toEqual([written]);

  const { arn } = await terraform.attributes("aws_lb_listener.listener");
  const served = async () => (await world.handshake(String(arn), "any.app.example.gov")).serial;
  const [record] = sandbox.account.region().acm.all();
  const first = await served();
  expect(first).toBe(record?.material?.info.serial);

  sandbox.zones.write("example.gov", { remove: [{ name: proof?.name ?? "", type: "CNAME" }] });
  letDaysPass(160);
  await until(() => record?.issuance?.renewal?.status === "PENDING_VALIDATION");
  await terraform.succeed(["plan", "-no-color", "-input=false", "-out=repair.plan"]);
  const drift = plannedChanges(await terraform.show("repair.plan"));
  expect(await example.example.readme()).toContain(`\`\`\`text\n${drift.join("\n")}\n\`\`\``);
  expect(drift).toEqual(["unexpired_dns_record.ValidationRecords_app_example_gov_Record: create"]);
  expect(await served()).toBe(first);

  await terraform.apply("repair.plan");
  expect(proofs()).toEqual([proof]);
  await until(() => record?.issuance?.renewal?.status === "SUCCESS");
  await terraform.expectEmptyPlan();
  expect(await served()).toBe(record?.material?.info.serial);
  expect(await served()).not.toBe(first);

  const acm = "      issuer: CertificateIssuer.acm(),\n";
  const plans = await example.plansFor({
    "one more name in `names`": ["`*.app.${zoneName}`]", "`*.app.${zoneName}`, `api.${zoneName}`]"],
    '`keyAlgorithm: "RSA_2048"`': [acm, `${acm}      keyAlgorithm: "RSA_2048",\n`],
    "`issuer` to `CertificateIssuer.letsEncrypt()`": ["CertificateIssuer.acm()", "CertificateIssuer.letsEncrypt()"],
    "`zoneName` to `example.org`": ['"example.gov"', '"example.org"'],
  });
  expect(plans.found).toEqual(plans.told);

  await proxy.synthesize(example);
  await terraform.destroy();
  expect(world.left()).toEqual({ aws: [], records: [], proofs: ["app.example.gov"] });
  expect(await proxy.writes()).toEqual([written, written]);
});
