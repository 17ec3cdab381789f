/** The policy in manage-certs: a denial before anything is changed, in every report and on record; costs beside a scan. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseLedgerLine } from "../../src/ledger/ledger-line";
import type { RenewalsDocument } from "../../src/manage-certs/report/renewals-document-shape";
import type { ScanDocument } from "../../src/manage-certs/report/scan-document-shape";
import { readJunit, readMarkdown } from "../support/read-reports";
import { RenewCommand } from "../support/renew-command";
import { RenewWorld } from "../support/renew-world";

let world: RenewWorld;
beforeAll(async () => {
  world = await RenewWorld.start();
});
afterAll(() => world.close());

const read = (name: string) => readFileSync(join(world.world.folder, name), "utf8");
const write = (name: string, text: string) => writeFileSync(join(world.world.folder, name), text);

const waiver =
  "{ rule: policy/key-algorithm-not-allowed, names: [old.example.gov], owner: web, reason: old phones, until: 2999-01-01 }";

const inForce = {
  ...{ classname: "policy", name: "waiver of policy/key-algorithm-not-allowed for old.example.gov", result: "skipped" },
  message:
    "policy/key-algorithm-not-allowed for old.example.gov: waived until 2999-01-01 by web: old phones (policy.yaml:2)",
};

const policyRecords = () =>
  read(".local/state/unexpired/ledger.jsonl")
    .split("\n")
    .flatMap((line) => parseLedgerLine(line) ?? [])
    .filter(({ event }) => event === "policy.denied" || event === "waiver.used")
    .map(({ event, subject, outcome }) => [event, outcome, subject.names?.[0], subject.rule]);

test("what the policy denies is left as it was, what it waives is done, and both are told everywhere", async () => {
  write("policy.yaml", `certificates: [{ keyAlgorithms: [EC_prime256v1] }]\nwaivers: [${waiver}]\n`);
  const command = new RenewCommand(world, { policy: "policy.yaml" });
  const old = await world.importPaid({ names: ["old.example.gov"], key: "RSA_2048" });
  const app = await world.importPaid({ names: ["app.example.gov"], key: "RSA_2048" });
  await world.listener("old", old.arn);
  const listenerArn = await world.listener("app", app.arn);
  const text = "a key RSA_2048 is not allowed, only EC_prime256v1 (policy/key-algorithm-not-allowed, policy.yaml:1)";

  const run = await command.run("renew", "--apply", "--json", "--junit", "junit.xml", "--summary", "summary.md");
  expect(run.code).toBe(1);
  const document = JSON.parse(run.output) as RenewalsDocument;
  const byName = (name: string) => document.certificates.find(({ names }) => names[0] === name);
  expect(byName("app.example.gov")).toMatchObject({
    action: "blocked",
    why: `${text}; set the key algorithm to EC_prime256v1`,
    error: { code: "policy_denied" },
    policy: [{ rule: "policy/key-algorithm-not-allowed", effect: "deny", value: "RSA_2048" }],
  });
  expect(byName("old.example.gov")).toMatchObject({
    outcome: { result: "renewed" },
    policy: [{ effect: "waive", waiver: { owner: "web", reason: "old phones", until: "2999-01-01" } }],
  });
  expect(document.waivers).toMatchObject([{ owner: "web", reason: "old phones", until: "2999-01-01" }]);
  for (const report of [read("junit.xml"), read("summary.md").replaceAll("\\", "")]) {
    expect(report).toContain("policy_denied");
    expect(report).toContain(text);
    expect(report).toContain("waived until 2999-01-01 by web: old phones (policy.yaml:2)");
  }
  expect((await world.store.describe(app.arn))?.serial).toBe(app.serial);

  const dry = await command.run("renew");
  expect(dry.output).toContain(text);
  expect(dry.output).toContain("waiver: policy/key-algorithm-not-allowed for old.example.gov: waived until 2999-01-01");
  expect(policyRecords()).toEqual([
    ["waiver.used", "done", "old.example.gov", "policy/key-algorithm-not-allowed"],
    ["policy.denied", "refused", "app.example.gov", "policy/key-algorithm-not-allowed"],
  ]);

  write("places.yaml", "attachments: [{ loadBalancers: ['pay-*'] }]\n");
  const told = ["--junit", "junit-2.xml", "--summary", "summary-2.md"];
  const attach = await command.run("attach", old.arn, listenerArn, "--sni", "--policy", "places.yaml", ...told);
  expect(attach.code).toBe(1);
  expect(attach.output).toContain("the load balancer app is not allowed, only pay-* (policy/load-balancer-not-allowed");
  expect(readJunit(read("junit-2.xml")).cases).toMatchObject([{ classname: listenerArn, type: "policy_denied" }]);
  expect(readMarkdown(read("summary-2.md")).tables[0]?.[1]?.[2]).toContain("the load balancer app is not allowed");

  const issue = ["issue", "old.example.gov", "new.example.gov", "--key-algorithm", "RSA_2048"];
  const commands = [issue, ["revoke", app.arn, "--now", "--reason", "superseded"], ["attach", old.arn, "app:443"]];
  for (const [at, args] of commands.entries()) {
    const files = [`junit-${at}.xml`, `summary-${at}.md`] as const;
    expect((await command.run(...args, "--junit", files[0], "--summary", files[1])).errors).toBe("");
    expect(readJunit(read(files[0])).cases).toContainEqual(inForce);
    expect(readMarkdown(read(files[1])).lines).toContain(`waiver: ${inForce.message}`);
  }
  expect(readJunit(read("junit-0.xml")).cases[0]).toMatchObject({
    ...{ classname: "certificate", name: "old.example.gov and 1 more", result: "failure", type: "policy_denied" },
  });

  write("prices.yaml", "currency: EUR\nissuers: [{ issuer: '*', certificate: 100 }]\n");
  const scan = await command.run("scan", "--json", "--no-handshakes", "--costs", "prices.yaml");
  const scanned = JSON.parse(scan.output) as ScanDocument;
  const csv = await command.run("scan", "--csv", "--no-handshakes", "--costs", "prices.yaml");
  expect([csv.code, csv.errors]).toEqual([2, `manage-certs: waiver: ${inForce.message}\n`]);
  expect(csv.output).toMatch(/old\.example\.gov.*waived until 2999-01-01 by web: old phones.*,EUR,100\.00,/);
  expect(scanned.costs).toMatchObject({ currency: "EUR", certificates: 2, now: { prices: 200, unpriced: 0 } });
  expect(scanned.waivers).toHaveLength(1);
  expect(
    scanned.findings.filter(({ rule }) => rule === "policy").map(({ severity, name }) => [severity, name]),
  ).toEqual([
    ["warning", "app.example.gov"],
    ["notice", "old.example.gov"],
  ]);
});

test("a policy that is not there is told before anything is looked at", async () => {
  const { code, errors } = await new RenewCommand(world).run("renew", "--policy", "none.yaml");
  expect([code, errors]).toEqual([1, expect.stringContaining("cannot read the policy file: ENOENT")]);
});
