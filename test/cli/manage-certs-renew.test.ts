/** `manage-certs renew` as people and pipelines meet it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renewalsDocumentShape } from "../../src/manage-certs/report/renewals-document-shape";
import { RenewCommand } from "../support/renew-command";
import { RenewWorld, withDaysLeft } from "../support/renew-world";

let world: RenewWorld;
let command: RenewCommand;
beforeEach(async () => {
  world = await RenewWorld.start();
  command = new RenewCommand(world);
});
afterEach(() => world.close());

test("a dry run says what it would do, and does nothing; --apply does it; then nothing is left to do", async () => {
  const web = await world.importPaid({ names: ["app.example.gov", "*.app.example.gov"] });
  const young = await world.importPaid({ names: ["young.example.gov"], ...withDaysLeft(80) });
  const foreign = await world.importPaid({ names: ["www.example.com"], ...withDaysLeft(2) });
  await world.listener("web", web.arn, young.arn);
  await world.listener("foreign", foreign.arn);

  const dry = await command.run("renew", "--only", "app.example.gov");
  expect({ ...dry, output: dry.output.split("\n") }).toEqual({
    code: 2,
    errors: "",
    output: [
      "ENDS       NAME                        WHAT              WHY                         SERVED AT",
      "in 4 days  app.example.gov and 1 more  renew by sandbox  little of its life is left  web:443",
      "",
      "1 certificate to do, 0 blocked, 2 left alone",
      "nothing was changed: --apply does it",
      "",
    ],
  });
  expect(world.orders()).toBe(0);

  const files = { junit: join(command.folder, "junit.xml"), summary: join(command.folder, "summary.md") };
  const applied = await command.run("renew", "--apply", "--junit", files.junit, "--summary", files.summary);
  expect(applied.code).toBe(1);
  expect(applied.output.split("\n")).toEqual([
    expect.stringMatching(/^!! www\.example\.com: .*is in none of the zones example\.gov \[dns_zone_not_found\]$/),
    "     add the zone that holds it, or correct the name",
    expect.stringMatching(/^ok app\.example\.gov and 1 more: renewed, good until \d{4}-\d\d-\d\d$/),
    "",
    "1 done, 1 failed, 1 left alone",
    "",
  ]);
  expect(applied.errors).toContain("manage-certs: ok app.example.gov and 1 more: renewed");
  const junit = readFileSync(files.junit, "utf8");
  expect(junit).toContain('<testsuites tests="2" failures="1" errors="0" skipped="0">');
  expect(readFileSync(files.summary, "utf8")).toContain(
    "| app.example.gov and 1 more | in 4 days | web:443 | renewed |",
  );

  const json = await command.run("renew", "--json", "--only", "app.example.gov");
  expect(json.code).toBe(0);
  const document = renewalsDocumentShape.parse(JSON.parse(json.output));
  expect(document.certificates.map(({ action, why }) => `${action}: ${why}`)).toContain("left: not asked for");
});

test("without an issuer, and with one that is not there", async () => {
  const web = await world.importPaid({ names: ["app.example.gov"] });
  await world.listener("web", web.arn);
  const wrong = await command.run("renew", "--issuer", "sandbocks");
  expect([wrong.code, wrong.errors.split("\n")]).toEqual([
    1,
    [
      'manage-certs: there is no issuer "sandbocks" in the configuration [invalid_argument]',
      "manage-certs: hint: there are sandbox",
      "",
    ],
  ]);
  const odd = await command.run("renew", "--only", "team");
  expect([odd.code, odd.errors]).toEqual([64, expect.stringContaining("--only team is neither a domain name")]);
  const canary = await command.run("renew", "--canary", "web:444");
  expect(canary.errors).toContain('did you mean "web:443"?');
  const nobody = await new RenewCommand(world, { issuers: [] }).run("renew");
  expect([nobody.code, nobody.output]).toEqual([1, expect.stringContaining("no issuer is configured")]);
});

test.each([
  [["--within", "soon"], '"soon" is not a time; write 30d or 12h.'],
  [["--max", "0"], '"0" is not a number above zero.'],
  [["--regions", "europe"], '"europe" is not the name of a region'],
])("%j is a mistake of usage", async (args, message) => {
  expect(await command.run("renew", ...args)).toMatchObject({
    code: 64,
    errors: expect.stringContaining(message) as string,
  });
});
