/**
 * `manage-certs revoke --replace --apply` killed with -9 in the middle of each of its requests that change something.
 * The same command again ends where an undisturbed one does: exactly one revocation, one order more at most.
 */
import type { GateTrap } from "../../src/sandbox/request-gate";
import { RenewCommand } from "../support/renew-command";
import { RevokeWorld } from "../support/revoke-world";

const modes = {
  "under its ARN": { issuer: {} },
  // whose RSA keys have no keyEncipherment, so that ACM takes no re-import
  "by a successor": { issuer: { profile: "tlsserver" } },
} as const;

type Mode = keyof typeof modes;
type Trap = Omit<GateTrap, "action">;

const acme = (operation: string) => ({ part: "acme", operation, nth: 1 }) as const;
const edgeDns = (operation: string) => ({ part: "edge-dns", operation, nth: 1 }) as const;
const aws = (operation: string, nth = 1) => ({ part: "aws", operation, nth }) as const;

const steps: Readonly<Record<Mode, readonly Trap[]>> = {
  "under its ARN": [
    ...[aws("AddTagsToCertificate"), acme("newOrder"), edgeDns("POST recordset")],
    ...[acme("challenge"), acme("finalize"), aws("AddTagsToCertificate", 2), aws("ImportCertificate", 2)],
    ...[acme("revokeCert"), acme("revocationList"), aws("AddTagsToCertificate", 3)],
  ],
  "by a successor": [
    ...[aws("AddTagsToCertificate"), aws("ImportCertificate", 2), aws("ModifyListener")],
    ...[aws("RemoveListenerCertificates"), aws("AddListenerCertificates"), aws("RemoveListenerCertificates", 2)],
    ...[acme("revokeCert"), acme("revocationList"), aws("AddTagsToCertificate", 2)],
    ...[aws("RemoveTagsFromCertificate"), aws("DeleteCertificate")],
  ],
};

const table = Object.entries(steps).flatMap(([mode, traps]) => traps.map((trap) => [mode as Mode, trap] as const));

test.each(table)(
  "%s, killed at %j",
  async (mode, trap) => {
    const world = await RevokeWorld.start();
    try {
      const command = new RenewCommand(world.estate, world.sharedAccount(modes[mode].issuer));
      const old = await world.issue(["app.example.gov"], "RSA_2048");
      const other = await world.issue(["other.example.gov"]);
      const first = await world.estate.listener("first", old.arn, other.arn);
      const second = await world.estate.listener("second", other.arn, old.arn);
      const orders = world.estate.orders();

      const caught = world.sandbox.gate.set({ ...trap, action: "hold" });
      const again = ["revoke", old.arn, "--reason", "keyCompromise", "--replace", "--apply"];
      const { child, ended } = await command.start(...again);
      await Promise.race([
        caught.caught,
        ended.then((how) => Promise.reject(new Error(`not caught: ${JSON.stringify(how)}`))),
      ]);
      child.kill("SIGKILL");
      await ended;
      caught.release();

      const next = await command.run(...again);
      // deleted is the last that happens to one that has lost its places
      const isGone = trap.operation === "DeleteCertificate";
      expect(next).toMatchObject({ code: next.output.includes("is not there") && isGone ? 1 : 0 });
      const last = await command.run(...again);
      expect(last.code).toBe(mode === "under its ARN" ? 0 : 1);

      expect(world.revocations()).toBe(1);
      expect(world.revocationOf(old.serial)?.reason).toBe(1);
      expect(world.estate.orders()).toBeLessThanOrEqual(orders + 2);
      const listeners = world.estate.world.aws.loadBalancers();
      const { defaultCertificateArn: now = "" } = await listeners.listListenerCertificates(first);
      expect(now === old.arn).toBe(mode === "under its ARN");
      expect(await listeners.listListenerCertificates(first)).toMatchObject({ sniCertificateArns: [other.arn] });
      expect(await listeners.listListenerCertificates(second)).toMatchObject({
        defaultCertificateArn: other.arn,
        sniCertificateArns: [now],
      });
      expect((await world.store.listAll()).map(({ arn }) => arn).sort()).toEqual([now, other.arn].sort());
      const serving = await world.store.describe(now);
      expect(serving?.serial).not.toBe(old.serial);
      expect(world.revocationOf(serving?.serial ?? "")).toBeUndefined();
      expect(world.sandbox.zones.recordSets("example.gov").filter(({ type }) => type === "TXT")).toEqual([]);
    } finally {
      await world.close();
    }
  },
  120_000,
);
