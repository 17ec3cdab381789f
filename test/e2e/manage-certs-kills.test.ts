/**
 * `manage-certs renew --apply` killed with -9 in the middle of each of its requests that change something. The next run
 * ends where an undisturbed one does: nothing orphaned, one order more at most.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseLedgerLine } from "../../src/ledger/ledger-line";
import type { GateTrap } from "../../src/sandbox/request-gate";
import { OpenRenewals } from "../../src/service-levels/open-renewals";
import { RenewCommand } from "../support/renew-command";
import { RenewWorld, withDaysLeft } from "../support/renew-world";

const modes = {
  "under its ARN": { key: {}, args: [] },
  "by a successor": { key: { key: "RSA_2048", keyUsage: ["digitalSignature", "dataEncipherment"] }, args: [] },
  "after a trial": { key: {}, args: ["--canary", "first:443"] },
} as const;

type Mode = keyof typeof modes;
type Trap = Omit<GateTrap, "action">;

const issuing: readonly Trap[] = [
  { part: "acme", operation: "newOrder", nth: 1 },
  { part: "edge-dns", operation: "POST recordset", nth: 1 },
  { part: "acme", operation: "challenge", nth: 1 },
  { part: "acme", operation: "finalize", nth: 1 },
];
const aws = (operation: string, nth = 1) => ({ part: "aws", operation, nth }) as const;

const steps: Readonly<Record<Mode, readonly Trap[]>> = {
  "under its ARN": [...issuing, aws("AddTagsToCertificate"), aws("ImportCertificate", 2)],
  "by a successor": [
    aws("ImportCertificate", 2),
    ...[aws("ModifyListener"), aws("RemoveListenerCertificates"), aws("AddListenerCertificates")],
    ...[aws("RemoveListenerCertificates", 2), aws("DeleteCertificate"), aws("RemoveTagsFromCertificate")],
  ],
  "after a trial": [
    ...[aws("ImportCertificate", 2), aws("ModifyListener"), aws("RemoveListenerCertificates")],
    ...[aws("ImportCertificate", 3), aws("ModifyListener", 2), aws("RemoveListenerCertificates", 2)],
    aws("DeleteCertificate"),
  ],
};

const lastChanges: Readonly<Record<Mode, string>> = {
  "under its ARN": "ImportCertificate",
  "by a successor": "DeleteCertificate",
  "after a trial": "DeleteCertificate",
};

/** By the ledger. */
function openRenewals({ folder }: RenewCommand): OpenRenewals {
  const open = new OpenRenewals();
  const lines = readFileSync(join(folder, ".local/state/unexpired/ledger.jsonl"), "utf8").split("\n");
  lines.flatMap((line) => parseLedgerLine(line) ?? []).forEach((entry) => open.add(entry));
  return open;
}

const table = Object.entries(steps).flatMap(([mode, traps]) => traps.map((trap) => [mode as Mode, trap] as const));

test.each(table)(
  "%s, killed at %j",
  async (mode, trap) => {
    const { key, args } = modes[mode];
    const world = await RenewWorld.start();
    try {
      const command = new RenewCommand(world);
      const due = await world.importPaid({ names: ["app.example.gov", "*.app.example.gov"], ...key });
      const foreign = await world.importPaid({ names: ["foreign.example.gov"], ...withDaysLeft(80) });
      const first = await world.listener("first", due.arn, foreign.arn);
      const second = await world.listener("second", foreign.arn, due.arn);
      world.world.sandbox.gate.history.length = 0;

      const caught = world.world.sandbox.gate.set({ ...trap, action: "hold" });
      const { child, ended } = await command.start("renew", "--apply", ...args);
      await Promise.race([
        caught.caught,
        ended.then((how) => Promise.reject(new Error(`not caught: ${JSON.stringify(how)}`))),
      ]);
      child.kill("SIGKILL");
      await ended;
      caught.release();
      const later = new Date(Date.now() + 3600_000);
      const unended = () => openRenewals(command).unended(later);
      expect(unended()).toMatchObject([{ subject: { certificateArn: due.arn } }]);

      for (let run = 1; run <= 2; run++)
        expect(await command.run("renew", "--apply", ...args)).toMatchObject({ code: 0 });
      expect(await command.run("renew")).toMatchObject({ code: 0 });
      // where its last change was made nothing is left to do, and no run says so
      if (trap.operation !== lastChanges[mode]) expect(unended()).toEqual([]);

      const listeners = world.world.aws.loadBalancers();
      const { defaultCertificateArn: now } = await listeners.listListenerCertificates(first);
      if (mode !== "by a successor") expect(now).toBe(due.arn);
      expect(await listeners.listListenerCertificates(first)).toMatchObject({ sniCertificateArns: [foreign.arn] });
      expect(await listeners.listListenerCertificates(second)).toMatchObject({
        defaultCertificateArn: foreign.arn,
        sniCertificateArns: [now],
      });
      expect((await world.store.listAll()).map(({ arn }) => arn).sort()).toEqual([now, foreign.arn].sort());
      expect((await world.store.describe(now ?? ""))?.serial).not.toBe(due.serial);
      expect(
        Object.keys((await world.store.tags(now ?? "")) ?? {}).filter((name) => /renews|canary|replaced/.test(name)),
      ).toEqual([]);
      expect(world.world.sandbox.zones.recordSets("example.gov").filter(({ type }) => type === "TXT")).toEqual([]);
      expect(world.orders()).toBeLessThanOrEqual(2);
    } finally {
      await world.close();
    }
  },
  300_000,
);
