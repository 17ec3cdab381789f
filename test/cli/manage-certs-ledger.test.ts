/** What manage-certs does is on record: what, to what, why, and how it ended. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseLedgerLine, type LedgerLine } from "../../src/ledger/ledger-line";
import { verifyLedger } from "../../src/ledger/verify-ledger";
import { RenewCommand } from "../support/renew-command";
import { RenewWorld } from "../support/renew-world";

let world: RenewWorld;
let command: RenewCommand;
let ledger: string;
beforeEach(async () => {
  world = await RenewWorld.start();
  command = new RenewCommand(world);
  ledger = join(command.folder, ".local/state/unexpired/ledger.jsonl");
});
afterEach(() => world.close());

const entries = (): LedgerLine[] =>
  readFileSync(ledger, "utf8")
    .split("\n")
    .flatMap((line) => parseLedgerLine(line) ?? []);

test("a renewal under the same ARN, and one that cannot be done", async () => {
  const web = await world.importPaid({ names: ["app.example.gov"] });
  const foreign = await world.importPaid({ names: ["www.example.com"] });
  await world.listener("web", web.arn);
  await world.listener("foreign", foreign.arn);
  expect((await command.run("renew")).code).toBe(1);
  expect((await command.run("renew", "--apply")).code).toBe(1);
  expect(await verifyLedger([ledger])).toMatchObject({ ok: true });
  const own = entries().filter(({ subject }) => !(subject.names ?? []).includes("www.example.com"));
  expect(own).toMatchObject([
    {
      event: "renewal.begun",
      outcome: "done",
      subject: { names: ["app.example.gov"], certificateArn: web.arn },
      why: "little of its life is left",
      facts: { action: "renew", issuer: expect.stringMatching(/^[\w.]+:\d+$/) as string },
    },
    {
      event: "certificate.issued",
      outcome: "done",
      subject: { names: ["app.example.gov"], serial: expect.stringMatching(/^[0-9a-f]+$/) as string },
      requestIds: { order: expect.stringMatching(/^https:\/\//) as string },
      facts: {
        issuer: expect.stringMatching(/^[\w.]+:\d+$/) as string,
        waitingSeconds: expect.any(Number) as number,
        workingSeconds: expect.any(Number) as number,
      },
    },
    {
      event: "certificate.imported",
      outcome: "done",
      subject: { certificateArn: web.arn },
      requestIds: { aws: expect.any(String) as string },
    },
    {
      event: "renewal.ended",
      outcome: "done",
      subject: { names: ["app.example.gov"], certificateArn: web.arn },
      why: "little of its life is left",
      facts: { issuer: expect.stringMatching(/^[\w.]+:\d+$/) as string, deployment: "complete" },
    },
  ]);
  const refused = entries().filter(({ subject }) => (subject.names ?? []).includes("www.example.com"));
  expect(refused).toMatchObject([
    { event: "renewal.ended", outcome: "refused", error: { code: "dns_zone_not_found" } },
  ]);
  expect(new Set(entries().map(({ actor }) => actor.run)).size).toBe(1);
  expect(entries()[0]?.actor).toMatchObject({ program: "manage-certs 0.1.0" });
  expect(readFileSync(ledger, "utf8")).not.toContain("PRIVATE KEY");
});

test("a revocation, with its reason", async () => {
  const web = await world.importPaid({ names: ["app.example.gov"] });
  await world.listener("web", web.arn);
  expect((await command.run("renew", "--apply")).code).toBe(0);
  const revoke = ["revoke", web.arn, "--reason", "superseded", "--now"];
  expect((await command.run(...revoke)).code).toBe(2);
  expect(entries().at(-1)?.event).toBe("renewal.ended");
  expect((await command.run(...revoke, "--apply")).code).toBe(0);
  expect(entries().at(-1)).toMatchObject({
    event: "certificate.revoked",
    outcome: "done",
    subject: { names: ["app.example.gov"], certificateArn: web.arn },
    facts: { reason: "superseded", result: "revoked", begunAt: expect.stringMatching(/^20.+Z$/) as string },
  });
});

test("a ledger that takes nothing does not keep a certificate from being renewed, and the run fails", async () => {
  const web = await world.importPaid({ names: ["app.example.gov"] });
  await world.listener("web", web.arn);
  mkdirSync(ledger, { recursive: true });
  const { code, errors, output } = await command.run("renew", "--apply", "--unproved");
  expect(output).toContain("ok app.example.gov: renewed");
  expect(errors).toContain("what was done is not in the ledger: cannot write");
  expect(code).toBe(1);
});
