/** `manage-certs verify` as people and pipelines meet it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verificationDocumentShape } from "../../src/manage-certs/report/verification-document-shape";
import { RenewCommand } from "../support/renew-command";
import { RenewWorld, withDaysLeft } from "../support/renew-world";

let world: RenewWorld;
let command: RenewCommand;
beforeEach(async () => {
  world = await RenewWorld.start();
  command = new RenewCommand(world);
});
afterEach(() => world.close());

test("text, JSON and JUnit; 1 for what is wrong; nothing is changed", async () => {
  const web = await world.importPaid({ names: ["app.example.gov"], ...withDaysLeft(80.5) });
  const young = await world.importPaid({ names: ["young.example.gov"], ...withDaysLeft(60.5) });
  const listener = await world.listener("web", web.arn, young.arn);
  const good = await command.run("verify");
  const lines = good.output.split("\n");
  expect({ ...good, output: lines.slice(0, 2) }).toEqual({
    code: 0,
    errors: "",
    output: ["1 target: 1 good, 0 wrong, by 3 handshakes", ""],
  });
  expect(lines.slice(2)).toEqual([
    expect.stringMatching(/^TARGET {3}ASKED FOR {10}ENDS {8}ISSUER +CHAIN {2}ADDRESSES {2}SERVED$/),
    expect.stringMatching(/^web:443 {2}no name {12}in 80 days .* 2 {6}1 address {2}good$/),
    expect.stringMatching(/^web:443 {2}app\.example\.gov {4}in 80 days .* 2 {6}1 address {2}good$/),
    expect.stringMatching(/^web:443 {2}young\.example\.gov {2}in 60 days .* 2 {6}1 address {2}good$/),
    "",
  ]);

  await world.addLaggingAddress(listener, young);
  const junit = join(command.folder, "verified.xml");
  const history = world.world.sandbox.gate.history.length;
  const wrong = await command.run("verify", "web", young.arn, "--json", "--junit", junit);
  expect(wrong.code).toBe(1);
  const { targets } = verificationDocumentShape.parse(JSON.parse(wrong.output));
  expect(targets.map(({ name, state }) => [name, state])).toEqual([["web:443", "wrong"]]);
  expect(targets[0]?.problems.map(({ kind }) => kind)).toEqual(["other-certificate", "refused", "other-certificate"]);
  expect(readFileSync(junit, "utf8")).toContain('<testsuites tests="1" failures="1" errors="0" skipped="0">');
  const changing = world.world.sandbox.gate.history
    .slice(history)
    .filter(({ operation }) => !/^(List|Get|Describe)/.test(operation));
  expect(changing).toEqual([]);
});

test("a host needs no AWS; what nothing is called is told with what was meant", async () => {
  const web = await world.importPaid({ names: ["app.example.gov"], ...withDaysLeft(80) });
  const { port = 0 } = world.world.sandbox.account.frontEnd(await world.listener("web", web.arn)) ?? {};
  const history = world.world.sandbox.gate.history.length;
  const host = await command.run(
    "verify",
    "app.example.gov:443",
    "--connect-to",
    `app.example.gov:443:127.0.0.1:${port}`,
  );
  expect({ ...host, output: host.output.split("\n")[0] }).toEqual({
    code: 0,
    errors: "",
    output: "1 target: 1 good, 0 wrong, by 1 handshake",
  });
  // the scan of the test's own, which tells the command where front ends are
  const asked = world.world.sandbox.gate.history
    .slice(history)
    .filter(({ operation }) => operation === "ListCertificates");
  expect(asked).toHaveLength(1);
  expect(await command.run("verify", "webb:443")).toEqual({
    code: 1,
    output: "",
    errors:
      "manage-certs: the scan found nothing called webb:443 that serves a certificate [invalid_argument]\n" +
      'manage-certs: hint: did you mean "web:443"?\n',
  });
});
