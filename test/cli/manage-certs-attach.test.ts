/** `manage-certs attach` as people and pipelines meet it. */
import { attachmentsDocumentShape } from "../../src/manage-certs/report/attachments-document-shape";
import { RenewCommand } from "../support/renew-command";
import { RenewWorld, withDaysLeft } from "../support/renew-world";

let world: RenewWorld;
let command: RenewCommand;
beforeEach(async () => {
  world = await RenewWorld.start();
  command = new RenewCommand(world);
});
afterEach(() => world.close());

test("a dry run says what it would do; --apply does it; then it is there; --detach-old takes off what AWS leaves", async () => {
  const main = await world.importPaid({ names: ["main.example.gov"], ...withDaysLeft(40) });
  const next = await world.importPaid({ names: ["app.example.gov"], ...withDaysLeft(80.5) });
  const listener = await world.listener("web", main.arn);

  const dry = await command.run("attach", next.arn, "web:443");
  expect({ ...dry, output: dry.output.split("\n") }).toEqual({
    code: 2,
    errors: "",
    output: [
      `app.example.gov (${next.arn}, ends in 80 days)`,
      "",
      "LISTENER  WHAT                WHY",
      "web:443   add it to the list  clients that send app.example.gov get it",
      "",
      "1 to do, 0 blocked, 0 there already",
      "nothing was changed: --apply does it",
      "",
    ],
  });

  const applied = await command.run("attach", next.arn, "web:443", "--apply");
  expect({ ...applied, output: applied.output.split("\n") }).toEqual({
    code: 0,
    errors: "manage-certs: ok web:443: attached on the list\n",
    output: ["ok web:443: attached on the list", "", "1 attached, 0 failed, 0 there already, 0 not begun", ""],
  });
  expect((await command.run("attach", next.arn, "web:443")).code).toBe(0);

  const args = ["attach", next.arn, listener, "--default", "--detach-old", "--apply", "--json"];
  const json = await command.run(...args);
  expect(json.code).toBe(0);
  const { certificate, listeners } = attachmentsDocumentShape.parse(JSON.parse(json.output));
  expect(certificate).toMatchObject({ arn: next.arn, names: ["app.example.gov"] });
  expect(listeners).toMatchObject([
    { name: "web:443", id: listener, role: "default", action: "attach", outcome: { result: "attached" } },
  ]);
  expect(await world.world.aws.loadBalancers().listListenerCertificates(listener)).toMatchObject({
    defaultCertificateArn: next.arn,
  });
});

test("what is blocked, and what cannot be meant", async () => {
  const main = await world.importPaid({ names: ["main.example.gov"], ...withDaysLeft(40) });
  const longer = await world.importPaid({ names: ["main.example.gov"], ...withDaysLeft(80) });
  await world.listener("web", main.arn, longer.arn);
  const shorter = await world.importPaid({ names: ["main.example.gov"], ...withDaysLeft(20) });
  const blocked = await command.run("attach", shorter.arn, "web");
  expect(blocked.code).toBe(1);
  expect(blocked.output).toContain(`web:443   blocked  no client would get it: ${longer.arn}`);
  expect(blocked.output).toContain("0 to do, 1 blocked, 0 there already");
  const unknown = await command.run("attach", main.arn, "webb:443");
  expect([unknown.code, unknown.errors]).toEqual([1, expect.stringContaining('did you mean "web:443"?')]);
  const gone = await command.run("attach", `${main.arn.slice(0, -4)}0000`, "web:443");
  expect([gone.code, gone.errors]).toEqual([1, expect.stringContaining("the scan found no certificate arn:aws:acm:")]);
});

test.each([
  [["attach"], "missing required argument 'arn'"],
  [["attach", "arn:aws:acm:eu-west-1:111122223333:certificate/x"], "missing required argument 'listeners'"],
  [["attach", "a", "web:443", "--default", "--sni"], "cannot be used with option"],
  [["attach", "a", "web:443", "--detach-old"], "--detach-old goes with --default"],
  [["attach", "a", "web:443"], '"a" is not an ARN [invalid_argument]'],
])("%j is a mistake of usage", async (args, message) => {
  expect(await command.run(...args)).toMatchObject({ code: 64, errors: expect.stringContaining(message) as string });
});
