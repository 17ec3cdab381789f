/** A renewal that the policy does not allow now, and one that a waiver lets pass, by drift-check and real terraform. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseLedgerLine } from "../../src/ledger/ledger-line";
import { DriftCommand } from "../support/drift/drift-command";
import { DriftWorld } from "../support/drift/drift-world";

let world: DriftWorld;
beforeAll(async () => {
  world = await DriftWorld.start();
}, 120_000);
afterAll(() => world.close());

const onRecord = () =>
  readFileSync(join(world.world.folder, "state/ledger.jsonl"), "utf8")
    .split("\n")
    .flatMap((line) => parseLedgerLine(line) ?? [])
    .filter(({ event }) => event === "policy.denied" || event === "waiver.used")
    .map(({ event, subject }) => [event, subject.rule, subject.names, subject.stack !== undefined]);

test("a freeze of the policy forbids a renewal, and a waiver lets one pass that is told", async () => {
  const project = await world.applied(world.certificate("web", 'key_algorithm = "RSA_2048"'));
  await world.makeDue(project);
  const command = new DriftCommand([project], { policy: { file: "policy.yaml", owner: "web" } });
  const serial = async () => (await project.attributes("unexpired_certificate.web")).serial;
  const first = await serial();

  const owner = "owners: [{ name: web, contact: web@example.gov, names: ['*.example.gov'] }]";
  await project.write({ "policy.yaml": `${owner}\nfreezes: [{ name: audit, from: 2026-01-01, to: 2999-01-01 }]\n` });
  const frozen = await command.run("--apply");
  expect([frozen.code, await serial()]).toEqual([4, first]);
  expect(frozen.document?.stacks[0]?.findings).toEqual([
    {
      ...{ rule: "within-policy", verdict: "forbidden", subject: "unexpired_certificate.web" },
      value: expect.stringMatching(/^\d{4}-.+Z$/) as string,
      message: expect.stringMatching(
        /^to renew at .+ is within the freeze "audit" \(policy\/frozen, policy\.yaml:2\)/,
      ) as string,
      wayOut: expect.stringContaining("waiver") as string,
    },
  ]);

  const waiver =
    "{ rule: policy/key-algorithm-not-allowed, names: [web.example.gov], owner: web, reason: old phones, until: 2999-01-01 }";
  await project.write({
    "policy.yaml": `${owner}\ncertificates: [{ keyAlgorithms: [EC_prime256v1] }]\nwaivers: [${waiver}]\n`,
  });
  const waived = await command.run();
  expect([waived.code, waived.document?.stacks[0]?.verdict]).toEqual([2, "safe"]);
  expect(waived.document?.stacks[0]?.policy).toMatchObject([
    {
      address: "unexpired_certificate.web",
      findings: [{ effect: "waive", waiver: { owner: "web", reason: "old phones" } }],
    },
  ]);
  expect(waived.output).toContain(
    "waiver: policy/key-algorithm-not-allowed for web.example.gov: waived until 2999-01-01 by web",
  );
  expect(onRecord()).toEqual([
    ["policy.denied", "policy/frozen", ["web.example.gov"], true],
    ["waiver.used", "policy/key-algorithm-not-allowed", ["web.example.gov"], true],
  ]);
});

test("the provider denies first where it holds plans to the same policy: just as forbidden, in the same words", async () => {
  const names = ["api", "shop"];
  const project = await world.applied(names.map((name) => world.certificate(name)).join(""));
  for (const name of names) await world.makeDue(project, name);
  const rules = "owners: [{ name: web, contact: web@example.gov, names: ['*.example.gov'] }]";
  const freeze = "freezes: [{ name: audit, from: 2026-01-01, to: 2999-01-01 }]";
  await project.write({ "policy.yaml": `${rules}\n${freeze}\n` });
  const policy = { file: join(project.folder, "policy.yaml"), owner: "web" };
  const judged = await new DriftCommand([project], { policy }).run();
  const denied = await new DriftCommand([project], {}, { UNEXPIRED_POLICY: policy.file }).run("--apply");
  const findings = (of: typeof judged) =>
    of.document?.stacks[0]?.findings.map(({ value: _, message, ...rest }) => ({
      ...rest,
      message: message.replace(/^to renew at \S+ /, "to renew "),
    }));
  expect([denied.code, denied.document?.stacks[0]?.verdict]).toEqual([4, "forbidden"]);
  expect(findings(denied)).toHaveLength(2);
  expect(findings(denied)).toEqual(findings(judged));
  expect(denied.document?.stacks[0]?.failure).toBeUndefined();
});
