/** `unexpired_certificate` with zones in Route 53, by real terraform, against the sandbox. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { HostedZones } from "../../src/aws/hosted-zones";
import { sleep } from "../../src/platform/clock";
import { noRateLimits } from "../../src/sandbox/acme-ca/rate-limits/rate-limits";
import { secondsProfile } from "../../src/sandbox/acme-ca/profiles";
import { sandboxProfiles } from "../../src/sandbox/sandbox-options";
import { childProcesses } from "../support/child-processes";
import { issuerArgument, startProviderWorld, type ProviderWorld } from "../support/provider-world";

const address = "unexpired_certificate.web";
const foreign = {
  name: "_acme-challenge.example.org",
  type: "TXT",
  ttlSeconds: 300,
  rdata: ['"kept by \\"somebody\\""  "else"'],
};

let world: ProviderWorld;
let zones: HostedZones;
let id: string;
beforeEach(async () => {
  world = await startProviderWorld({
    zones: [{ name: "example.gov" }],
    profiles: { ...sandboxProfiles, brief: secondsProfile(45) },
    rateLimits: noRateLimits,
  });
  zones = world.access().hostedZones();
  ({ id } = await zones.create({ name: "example.org", callerReference: "test" }));
});
afterEach(() => world.close());

const challengeSet = () => zones.recordSet(id, foreign);
const certificate = (names: readonly string[], more = "", zoneId = id) => `
resource "unexpired_certificate" "web" {
  name         = "stack/web"
  domain_names = ${JSON.stringify(names)}
  issuer       = ${issuerArgument(world.sandbox, more)}
  zones        = [{ name = "example.gov" }, { name = "example.org", type = "route53", id = "${zoneId}" }]
}
`;

test("created, renewed and destroyed: its values come and go, those of others stay to the octet", async () => {
  await zones.change(id, [{ action: "CREATE", set: foreign }]);
  const project = await world.project(certificate(["example.org", "*.example.org"], ', profile = "brief"'));
  await project.apply();
  const first = await project.attributes(address);
  expect(first.renewal_reason).toBe("created");
  expect(await challengeSet()).toEqual(foreign);
  await project.expectEmptyPlan();

  await sleep(new Date(String(first.renew_at)).getTime() - Date.now() + 1_000);
  await project.apply();
  const second = await project.attributes(address);
  expect(second.arn).toBe(first.arn);
  expect(second.serial).not.toBe(first.serial);
  expect(await challengeSet()).toEqual(foreign);

  await project.destroy();
  expect(world.sandbox.account.region().acm.all()).toEqual([]);
  expect(await challengeSet()).toEqual(foreign);
  const written = world.sandbox.gate.history.filter(({ operation }) => operation === "ChangeResourceRecordSets");
  // the foreign value by us, then values put there and taken away by each of the two orders
  expect(written).toHaveLength(1 + 2 * 2);
  expect(world.sandbox.gate.history.filter(({ part }) => part === "edge-dns")).toEqual([]);
});

test("names in zones of both kinds, each proved in its own", async () => {
  const project = await world.project(certificate(["app.example.gov", "example.org"]));
  await project.apply();
  expect(await project.attributes(address)).toMatchObject({
    domain_names: ["app.example.gov", "example.org"],
    zones: [
      { name: "example.gov", type: "edge_dns", id: null },
      { name: "example.org", type: "route53", id },
    ],
  });
  await project.expectEmptyPlan();
  const { history } = world.sandbox.gate;
  const edgeDnsWrites = history.filter(({ part, operation }) => part === "edge-dns" && /^(POST|PUT)/.test(operation));
  expect(edgeDnsWrites.map(({ subject }) => subject)).toEqual(["_acme-challenge.app.example.gov/TXT"]);
  expect(history.filter(({ operation }) => operation === "ChangeResourceRecordSets")).toHaveLength(2);
  expect(await challengeSet()).toBeUndefined();
});

test("killed once its values are written: the next apply removes them and converges", async () => {
  await zones.change(id, [{ action: "CREATE", set: foreign }]);
  const project = await world.project(certificate(["example.org", "*.example.org"]));
  const trap = world.sandbox.gate.set({ part: "aws", operation: "GetChange", nth: 1, action: "hold" });
  let terraform = 0;
  const running = project.run(["apply", "-no-color", "-input=false", "-auto-approve"], {
    onStart: ({ pid = 0 }) => (terraform = pid),
  });
  await trap.caught;
  for (const pid of childProcesses(terraform, "unexpired")) process.kill(pid, "SIGKILL");
  expect((await running).exitCode).not.toBe(0);
  trap.release();
  expect((await challengeSet())?.rdata).toHaveLength(foreign.rdata.length + 2);

  await project.apply();
  await project.expectEmptyPlan();
  expect(await challengeSet()).toEqual(foreign);
  expect(readdirSync(join(world.folder, "state/journal"))).toEqual([]);
  expect(world.sandbox.account.region().acm.all()).toHaveLength(1);
  expect(world.sandbox.acme.orders()).toHaveLength(1);
});

test("the ID of another zone is told before anything is ordered", async () => {
  const project = await world.project(certificate(["example.org"], "", "Z00000000000"));
  const { exitCode, output } = await project.run(["apply", "-no-color", "-input=false", "-auto-approve"]);
  expect(exitCode).toBe(1);
  expect(output).toContain("there is no hosted zone Z00000000000 in this AWS account");
  expect(output).toContain("dns_zone_not_found");
  expect(world.sandbox.acme.orders()).toEqual([]);
});
