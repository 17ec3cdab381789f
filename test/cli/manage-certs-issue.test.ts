/** `manage-certs issue` as people and pipelines meet it. */
import { issueDocumentShape } from "../../src/manage-certs/report/issue-document-shape";
import { RenewCommand } from "../support/renew-command";
import { RenewWorld, withDaysLeft } from "../support/renew-world";

let world: RenewWorld;
let command: RenewCommand;
beforeEach(async () => {
  world = await RenewWorld.start();
  command = new RenewCommand(world);
});
afterEach(() => world.close());

test("a dry run says what it would do; --apply does it; asked for again, nothing is to do", async () => {
  const main = await world.importPaid({ names: ["main.example.gov"], ...withDaysLeft(40) });
  const listener = await world.listener("web", main.arn);
  const args = ["issue", "app.example.gov", "*.app.example.gov", "--attach", "web:443"];
  const { region } = world.world.sandbox.aws;
  const { accountId } = world.world.sandbox.account;

  const dry = await command.run(...args);
  expect({ ...dry, output: dry.output.split("\n") }).toEqual({
    code: 2,
    errors: "",
    output: [
      `order by sandbox, for app.example.gov, *.app.example.gov (EC_prime256v1, in ${region} of account ${accountId})`,
      "",
      "LISTENER  WHAT                WHY",
      "web:443   add it to the list  clients that send app.example.gov and 1 more get it",
      "",
      "nothing was changed: --apply does it",
      "",
    ],
  });
  expect(world.orders()).toBe(0);

  const applied = await command.run(...args, "--apply");
  expect({ ...applied, output: applied.output.split("\n") }).toMatchObject({
    code: 0,
    output: [
      expect.stringMatching(/^ok app\.example\.gov and 1 more: issued as arn:\S+, good until \d{4}-\d\d-\d\d$/),
      "ok web:443: attached on the list",
      "",
      "1 attached, 0 failed, 0 there already, 0 not begun",
      "",
    ],
  });
  expect(applied.errors).toContain("manage-certs: ok web:443: attached on the list\n");
  const json = await command.run(...args, "--json");
  expect(json.code).toBe(0);
  const { certificate, issuance, listeners } = issueDocumentShape.parse(JSON.parse(json.output));
  expect(issuance).toMatchObject({ action: "found", issuer: "sandbox" });
  expect(listeners).toMatchObject([{ id: listener, action: "left" }]);
  expect(await world.world.aws.loadBalancers().listListenerCertificates(listener)).toMatchObject({
    sniCertificateArns: [certificate.arn],
  });
  expect(world.orders()).toBe(1);
});

test("what is blocked, and what is a mistake of usage", async () => {
  const blocked = await command.run("issue", "www.example.com", "--apply");
  expect(blocked).toMatchObject({
    code: 1,
    output: expect.stringMatching(
      /^!! www\.example\.com: .*none of the zones example\.gov \[dns_zone_not_found\]\n/,
    ) as string,
  });
  expect(await command.run("issue", "localhost")).toMatchObject({
    code: 1,
    errors: expect.stringContaining('"localhost" cannot stand in a certificate') as string,
  });
  expect(await command.run("issue", "app.example.gov", "--key-algorithm", "DSA")).toMatchObject({
    code: 64,
    errors: expect.stringContaining("Allowed choices are") as string,
  });
  const nobody = await new RenewCommand(world, { issuers: [] }).run("issue", "app.example.gov");
  expect([nobody.code, nobody.errors]).toEqual([1, expect.stringContaining("no issuer is configured")]);
});
