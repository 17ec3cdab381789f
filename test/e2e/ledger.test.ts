/** What the provider does at an apply and a destroy is on record, and what it only plans or reads is not. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseLedgerLine } from "../../src/ledger/ledger-line";
import { verifyLedger } from "../../src/ledger/verify-ledger";
import { materialOf } from "../support/emulated-aws";
import { block } from "../support/hcl";
import { issuerArgument, startProviderWorld, type ProviderWorld } from "../support/provider-world";
import { createHttpsListener } from "../support/query-client";
import { createTestCa } from "../support/test-certificates";

let world: ProviderWorld;
afterEach(() => world.close());

const certificate = (names: string) =>
  block('resource "unexpired_certificate" "web"', {
    name: '"stack/web"',
    domain_names: names,
    issuer: issuerArgument(world.sandbox),
    zones: '[{ name = "example.gov" }]',
  });

test("apply, plan, destroy", async () => {
  world = await startProviderWorld();
  const ledger = join(world.folder, "state/ledger.jsonl");
  const paid = await materialOf(await createTestCa(), { names: ["app.example.gov"] });
  const theirs = await world
    .access()
    .certificates()
    .importNew({ ...paid, tags: {} });
  const loadBalancerArn = world.sandbox.loadBalancers.get("web") ?? "";
  const listenerArn = await createHttpsListener(world.sandbox.aws, {
    loadBalancerArn,
    certificateArn: theirs,
    port: 443,
  });
  const rollout = `resource "unexpired_rollout" "web" {
    listener_arn = "${listenerArn}"
    certificate_arn = unexpired_certificate.web.arn
  }`;
  const project = await world.project(certificate('["app.example.gov"]') + rollout);
  expect((await project.plan()).exitCode).toBe(2);
  expect(existsSync(ledger)).toBe(false);
  await project.apply();
  const { arn, serial } = await project.attributes("unexpired_certificate.web");
  const events = () =>
    readFileSync(ledger, "utf8")
      .split("\n")
      .flatMap((line) => parseLedgerLine(line) ?? [])
      .map(({ event, outcome, subject, actor }) => ({ event, outcome, subject, program: actor.program }));
  const program = "terraform-provider-unexpired 0.1.0";
  const applied = [
    { event: "certificate.issued", outcome: "done", subject: { names: ["app.example.gov"], serial }, program },
    { event: "certificate.imported", outcome: "done", subject: { certificateArn: arn }, program },
    {
      event: "attachment.changed",
      outcome: "done",
      subject: { certificateArn: arn, attachment: listenerArn },
      program,
    },
    { event: "rollout.ended", outcome: "done", subject: { certificateArn: arn, attachment: listenerArn }, program },
  ];
  expect(events()).toMatchObject(applied);
  await project.expectEmptyPlan();
  expect(events()).toHaveLength(4);
  const names = ["app.example.gov", "www.example.gov"];
  const main = join(project.folder, "main.tf");
  const changed = readFileSync(main, "utf8").replace('["app.example.gov"]', JSON.stringify(names));
  await project.write({ "main.tf": changed });
  await project.apply();
  expect(events().slice(4)).toMatchObject([
    { event: "renewal.begun", outcome: "done", subject: { names, certificateArn: arn }, program },
    { event: "certificate.issued", outcome: "done", subject: { names } },
    { event: "certificate.imported", outcome: "done", subject: { certificateArn: arn } },
    { event: "renewal.ended", outcome: "done", subject: { names, certificateArn: arn }, program },
  ]);
  await project.destroy();
  expect(events().at(-1)).toMatchObject({ event: "certificate.deleted", subject: { certificateArn: arn } });
  expect(await verifyLedger([ledger])).toMatchObject({ ok: true, entries: events().length });
});
