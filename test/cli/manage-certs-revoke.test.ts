/** `manage-certs revoke` as people and pipelines meet it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseLedgerLine } from "../../src/ledger/ledger-line";
import { iamPolicy } from "../../src/manage-certs/init/iam-policy";
import { revocationsDocumentShape } from "../../src/manage-certs/report/revocations-document-shape";
import { OpenRenewals } from "../../src/service-levels/open-renewals";
import { RenewCommand } from "../support/renew-command";
import { RevokeWorld } from "../support/revoke-world";

let world: RevokeWorld;
let command: RenewCommand;
beforeEach(async () => {
  world = await RevokeWorld.start();
  command = new RenewCommand(world.estate, world.sharedAccount());
});
afterEach(() => world.close());

test("a dry run says what it would do, and does nothing; --apply replaces, proves and revokes; then nothing is left", async () => {
  const web = await world.issue(["app.example.gov", "*.app.example.gov"]);
  const young = await world.issue(["young.example.gov"]);
  const paid = await world.estate.importPaid({ names: ["paid.example.gov"] });
  await world.estate.listener("web", web.arn, young.arn);
  await world.estate.listener("other", young.arn, web.arn);
  const orders = world.estate.orders();
  const setUp = world.sandbox.gate.history.length;

  const blocked = await command.run("revoke", web.arn, "--reason", "keyCompromise");
  expect(blocked.code).toBe(1);
  expect(blocked.output).toContain("blocked  used by web:443 (default), other:443 (sni)");
  expect(blocked.output).toContain("2 places will serve a revoked one");

  const dry = await command.run("revoke", web.arn, "--reason", "keyCompromise", "--replace");
  expect({ ...dry, output: dry.output.split("\n") }).toEqual({
    code: 2,
    errors: "",
    output: [
      expect.stringMatching(/^NAME +SERIAL +WHAT +WHY +SERVED AT$/),
      expect.stringMatching(
        /^app\.example\.gov and 1 more +\w+ +replace, then revoke as keyCompromise +replaced first, by a new one with a new key +web:443, other:443 \(SNI\)$/,
      ),
      "",
      "1 certificate to revoke, 0 blocked, 0 left alone",
      "nothing was changed: --apply does it",
      "",
    ],
  });
  expect([world.estate.orders(), world.revocations()]).toEqual([orders, 0]);

  const files = { junit: join(command.folder, "junit.xml"), summary: join(command.folder, "summary.md") };
  const all = ["revoke", web.arn, paid.arn, "--reason", "keyCompromise", "--replace"];
  const applied = await command.run(...all, "--apply", "--junit", files.junit, "--summary", files.summary);
  expect(applied.code).toBe(1);
  const arn = web.arn.replaceAll("/", "\\/");
  expect(applied.output.split("\n")).toEqual([
    expect.stringMatching(
      new RegExp(
        `^ok app\\.example\\.gov and 1 more: serial ${web.serial} is revoked, replaced by serial \\w+ \\(${arn}\\)`,
      ),
    ),
    expect.stringMatching(
      /^ {5}on the CA's list since \S+, as keyCompromise: http:\/\/127\.0\.0\.1:\d+\/revoked\/\d\.crl$/,
    ),
    expect.stringMatching(/^!! paid\.example\.gov: Test Intermediate issued it, .* \[certificate_not_revocable\]$/),
    expect.stringContaining("report it to Test Intermediate"),
    "",
    "1 revoked, 1 failed, 0 left alone",
    "",
  ]);
  expect(applied.errors).toContain("manage-certs: ok app.example.gov and 1 more: serial");
  expect(readFileSync(files.junit, "utf8")).toContain('<testsuites tests="2" failures="1" errors="0" skipped="0">');
  expect(readFileSync(files.summary, "utf8")).toContain("| app.example.gov and 1 more |");
  expect([world.estate.orders(), world.revocations()]).toEqual([orders + 1, 1]);
  const entries = readFileSync(join(command.folder, ".local/state/unexpired/ledger.jsonl"), "utf8").split("\n");
  const open = new OpenRenewals();
  entries.flatMap((line) => parseLedgerLine(line) ?? []).forEach((entry) => open.add(entry));
  expect(entries[0]).toContain('"event":"renewal.begun"');
  expect(open.underWay(new Date())).toEqual([]);

  const json = await command.run("revoke", web.arn, "--reason", "keyCompromise", "--replace", "--apply", "--json");
  expect(json.code).toBe(0);
  // a method of HTTP in the policy (API Gateway developer guide, "Control access")
  const allowed = new Set(iamPolicy.Statement.flatMap(({ Action }) => Action.map((action) => action.split(":")[1])));
  const called = world.sandbox.gate.history.slice(setUp).filter(({ part }) => part === "aws");
  const needed = called.map(({ operation }) => (operation === "GetDomainNames" ? "GET" : operation));
  expect(needed.filter((operation) => !allowed.has(operation) && operation !== "GetCallerIdentity")).toEqual([]);
  const document = revocationsDocumentShape.parse(JSON.parse(json.output));
  expect(document.certificates).toEqual([expect.objectContaining({ action: "left" })]);
  expect(world.revocations()).toBe(1);
});

test("what is out of the account is revoked from a file; the wrong file is said", async () => {
  const gone = await world.issue(["gone.example.gov"]);
  await world.store.delete(gone.arn);
  const file = join(command.folder, "gone.pem");
  const lost = await command.run("revoke", gone.arn, "--reason", "superseded");
  expect([lost.code, lost.output]).toEqual([1, expect.stringContaining("--leaf FILE")]);
  const wrong = await command.run("revoke", gone.arn, "--reason", "superseded", "--leaf", file);
  expect(wrong.errors).toContain(`cannot read ${file}`);
  writeFileSync(file, gone.chain);
  const found = await command.run("revoke", gone.arn, "--reason", "superseded", "--leaf", file, "--apply");
  expect(found.output).toContain(`ok gone.example.gov: serial ${gone.serial} is revoked`);
  expect(found.code).toBe(0);
});

const arn = "arn:aws:acm:eu-west-1:111122223333:certificate/1";

test.each([
  [["--reason", "superseded"], "missing required argument 'arn'"],
  [[arn], "required option '--reason <reason>' not specified"],
  [[arn, "--reason", "stolen"], '"stolen" is no reason; there are keyCompromise,'],
  [[arn, "--reason", "privilegeWithdrawn"], "is not yours to give: only the CA can find that"],
  [[arn, "--reason", "superseded", "--now", "--replace"], "cannot be used with option"],
  [[arn, "--reason", "superseded", "--serial", "latest"], '"latest" is no serial in hex.'],
  [[arn, arn, "--reason", "superseded", "--leaf", "old.pem"], "--leaf is of one ARN"],
  [["app.example.gov", "--reason", "superseded"], '"app.example.gov" is not an ARN [invalid_argument]'],
])("%j is a mistake of usage", async (args, message) => {
  expect(await command.run("revoke", ...args)).toMatchObject({
    code: 64,
    errors: expect.stringContaining(message) as string,
  });
});
