/**
 * `manage-certs issue --attach --apply` killed with -9 in the middle of its requests. The next run ends where an
 * undisturbed one does: one certificate, on its listeners, nothing left in DNS, one order more at most.
 */
import type { GateTrap } from "../../src/sandbox/request-gate";
import { RenewCommand } from "../support/renew-command";
import { RenewWorld, withDaysLeft } from "../support/renew-world";

type Trap = Omit<GateTrap, "action">;

const aws = (operation: string, nth = 1) => ({ part: "aws", operation, nth }) as const;
const steps: readonly Trap[] = [
  { part: "acme", operation: "newOrder", nth: 1 },
  { part: "edge-dns", operation: "POST recordset", nth: 1 },
  { part: "acme", operation: "challenge", nth: 1 },
  { part: "acme", operation: "finalize", nth: 1 },
  // the first one asks whether it may import
  aws("ImportCertificate", 2),
  aws("AddListenerCertificates"),
  aws("AddListenerCertificates", 2),
];

const names = ["app.example.gov", "*.app.example.gov"];
const command = ["issue", ...names, "--attach", "first:443", "second:443", "--apply"];

test.each(steps)(
  "killed at %j",
  async (trap) => {
    const world = await RenewWorld.start();
    try {
      const run = new RenewCommand(world);
      const main = await world.importPaid({ names: ["main.example.gov"], ...withDaysLeft(40) });
      const listeners = [await world.listener("first", main.arn), await world.listener("second", main.arn)];
      world.world.sandbox.gate.history.length = 0;

      const caught = world.world.sandbox.gate.set({ ...trap, action: "hold" });
      const { child, ended } = await run.start(...command);
      await Promise.race([
        caught.caught,
        ended.then((how) => Promise.reject(new Error(`not caught: ${JSON.stringify(how)}`))),
      ]);
      child.kill("SIGKILL");
      await ended;
      caught.release();

      expect(await run.run(...command)).toMatchObject({ code: 0 });
      const again = await run.run(...command);
      expect(again).toMatchObject({ code: 0 });
      expect(again.output).toContain("issued by an earlier run");

      const all = (await world.store.listAll()).map(({ arn }) => arn);
      const [own, ...others] = all.filter((arn) => arn !== main.arn);
      expect(others).toEqual([]);
      for (const listener of listeners)
        expect(await world.world.aws.loadBalancers().listListenerCertificates(listener)).toEqual({
          defaultCertificateArn: main.arn,
          sniCertificateArns: [own],
        });
      expect(world.world.sandbox.zones.recordSets("example.gov").filter(({ type }) => type === "TXT")).toEqual([]);
      expect(world.orders()).toBeLessThanOrEqual(2);
    } finally {
      await world.close();
    }
  },
  120_000,
);
