import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { parseCertificate } from "../../certificates/parse-certificate";
import { certIdOf } from "../../issuance/cert-id-of";
import { RenewalInfoCache } from "../../issuance/renewal-info-cache";
import { startStateServer } from "../../sandbox/state-server/start-state-server";
import type { Drill } from "../drill";
import type { DrillEstate } from "../estate";
import { stackText } from "./stack-text";

const stack = "web";
const hourMs = 3_600_000;

export const lostStateLock: Drill = {
  name: "lost-state-lock",
  what: "a run dies and leaves its lock on the state of a stack whose certificate is due",
  alert: "StateLockLost",
  objectives: { detectSeconds: 900, recoverSeconds: 3600 },
  needs: ["terraform"],
  prepare: async (estate) => {
    const states = await startStateServer();
    estate.onClose(() => states.close());
    await mkdir(estate.file(stack));
    await estate.installProviders();
    await estate.write(`${stack}/main.tf`, stackText(estate, states.address(stack)));
    await terraform(estate, "init", "-input=false");
    await terraform(estate, "apply", "-input=false", "-auto-approve");
    estate.serves({
      listenerArn: await terraform(estate, "output", "-raw", "listener_arn"),
      port: 443,
      name: "www.example.gov",
    });
    const verify = { roots: estate.file("roots.pem"), connectTo: estate.connectTo(), waitSeconds: 10 };
    await estate.write("drift-check.yaml", JSON.stringify({ limits: { lockSeconds: 1 }, verify }));
    await estate.configure();
    const check = () => estate.run("drift-check", "run", `./${stack}`, "--apply", "--metrics", "metrics/drift.prom");
    const lock = randomUUID();
    return {
      inject: async () => {
        await makeDue(estate);
        const Created = new Date(Date.now() - 24 * hourMs).toISOString();
        states.lock(stack, { ID: lock, Who: "runner@gone", Operation: "OperationTypeApply", Created });
        return "a runner that is gone holds the lock of the state";
      },
      work: check,
      recover: async () => {
        await terraform(estate, "force-unlock", "-force", lock);
        await check();
        return "terraform force-unlock, and drift-check run --apply again";
      },
    };
  },
};

async function terraform(estate: DrillEstate, ...args: readonly string[]): Promise<string> {
  const { stdout } = await estate.mustOther("terraform", `-chdir=${stack}`, ...args);
  return stdout.trim();
}

/** The CA would have liked it to be renewed an hour ago, as far as the drill's home folder knows. */
async function makeDue(estate: DrillEstate): Promise<void> {
  const [latest] = estate.sandbox.acme.certificates().slice(-1);
  const certId = latest && certIdOf(parseCertificate(latest.chain));
  const at = (hours: number) => new Date(Date.now() + hours * hourMs);
  const cache = new RenewalInfoCache(estate.file("home/.cache/unexpired"));
  await cache.put(certId ?? "", { start: at(-2), end: at(-1), askAgainAt: at(23) });
}
