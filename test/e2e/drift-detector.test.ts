/** What no plan tells: certificates that are due, not served, or not to be seen, while a plan says that all is well. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DriftCommand } from "../support/drift/drift-command";
import { DriftWorld, listenerOf } from "../support/drift/drift-world";
import type { TerraformProject } from "../support/terraform";

let world: DriftWorld;
let project: TerraformProject;
let verify: Readonly<Record<string, unknown>>;
/** A terraform that looks at nothing when it plans. */
let blind: string;

beforeAll(async () => {
  world = await DriftWorld.start();
  project = await world.applied(world.certificate("web") + world.certificate("api") + listenerOf("web"));
  verify = await world.verification(project);
  blind = join(project.folder, "blind.sh");
  const script = 'test "$1" = plan && exec terraform "$@" -refresh=false\nexec terraform "$@"';
  writeFileSync(blind, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}, 120_000);
afterAll(() => world.close());

const rules = (certificate?: { readonly findings: readonly { readonly level: string; readonly rule: string }[] }) =>
  certificate?.findings.map(({ level, rule }) => `${level} ${rule}`);

test("all is well, in the state, in ACM and on the wire; one list of certificates is all that is asked", async () => {
  const before = world.world.sandbox.gate.history.length;
  const { code, document } = await new DriftCommand([project], { verify }).run("--terraform-bin", blind);
  const [api, web] = document?.stacks[0]?.certificates ?? [];
  expect([code, rules(api), rules(web)]).toEqual([0, [], []]);
  expect(new Set(Object.values(web?.notAfter ?? {})).size).toBe(1);
  expect(web).toMatchObject({
    inPlan: false,
    renewal: { state: "not-due" },
    notAfter: { wire: expect.any(String) as string },
  });
  expect(web?.sightings.map(({ servedBy, serverName }) => [servedBy, serverName])).toEqual([
    ["aws_lb_listener.https", undefined],
    ["aws_lb_listener.https", "web.example.gov"],
  ]);
  const asked = world.world.sandbox.gate.history.slice(before).filter(({ part }) => part === "aws");
  expect(asked.map(({ operation }) => operation)).toEqual(["ListCertificates"]);
});

test("due, and the plan says that there is nothing to do: the renewal is missed", async () => {
  await world.makeDue(project);
  const ended = await new DriftCommand([project], { verify }).run("--apply", "--terraform-bin", blind);
  const [stack] = ended.document?.stacks ?? [];
  expect([ended.code, stack?.verdict, stack?.failure?.step, stack?.failure?.code]).toEqual([
    ...[1, "no-op", "certificates", "renewal_missed"],
  ]);
  expect(stack?.certificates?.map(rules)).toEqual([[], ["error renewal-missed"]]);
  expect(ended.output).toContain("unexpired_certificate.web: its renewal is due since");
  const seeing = await new DriftCommand([project], { verify }).run("--apply");
  expect([seeing.code, seeing.document?.stacks[0]?.certificates?.map(rules)]).toEqual([0, [[], []]]);
});

test("clients get another certificate than the state says", async () => {
  const listener = String((await project.attributes("aws_lb_listener.https")).arn);
  const [web, api] = [
    String((await project.attributes("unexpired_certificate.web")).arn),
    String((await project.attributes("unexpired_certificate.api")).arn),
  ];
  const loadBalancers = world.world.access().loadBalancers();
  await loadBalancers.modifyDefaultCertificate(listener, api);
  const settled = { ...verify, waitSeconds: 1 };
  const { code, document } = await new DriftCommand([project], { verify: settled }).run("--terraform-bin", blind);
  await loadBalancers.modifyDefaultCertificate(listener, web);
  const [stack] = document?.stacks ?? [];
  expect([code, stack?.failure?.code, stack?.certificates?.map(rules)]).toEqual([
    ...[1, "certificate_differs", [[], ["error wire-differs"]]],
  ]);
});

test("where nobody can look, or is not to, that is said, and fails nothing", async () => {
  const lost = await new DriftCommand([project]).run();
  expect([lost.code, lost.document?.stacks[0]?.certificates?.map(rules)]).toEqual([0, [[], ["unseen not-seen"]]]);
  expect(lost.output).toMatch(/-- aws_lb_listener\.https was not seen: front-\S+ cannot be resolved/);
  const off = await new DriftCommand([project], { verify: { acm: false, handshakes: false } }).run();
  const both = ["unseen not-seen", "unseen not-seen"];
  expect([off.code, off.document?.stacks[0]?.certificates?.map(rules)]).toEqual([0, [both, both]]);
});
