import { setTimeout as pause } from "node:timers/promises";
import { secondsProfile } from "../../sandbox/acme-ca/profiles";
import { sandboxProfiles } from "../../sandbox/sandbox-options";
import type { Drill } from "../drill";
import { drillName } from "../estate";

/** Long enough to build the estate on a busy machine. */
const lifeSeconds = 60;

export const expiryOutage: Drill = {
  name: "expiry-outage",
  failureMode: "F1",
  what: "a certificate ends in service, since nobody has renewed it",
  alert: "CertificateExpired",
  objectives: { detectSeconds: 120, recoverSeconds: 900 },
  alarmEnds: true,
  waits: true,
  sandbox: { profiles: { ...sandboxProfiles, minute: secondsProfile(lifeSeconds) } },
  prepare: async (estate) => {
    await estate.configure({ issuers: estate.issuers({ profile: "minute" }) });
    await estate.serve(drillName, [443]);
    await estate.configure({ issuers: estate.issuers() });
    return {
      inject: async () => {
        const [{ notAfter } = { notAfter: new Date() }] = await estate.handshakes();
        await pause(Math.max(0, notAfter.getTime() - Date.now()));
        return `${drillName} has ended, and nobody has looked at the estate since`;
      },
      recover: async () => {
        await estate.must("manage-certs", "renew", "--only", drillName, "--apply");
        await estate.look();
        return "manage-certs renew --only --apply, and a scan";
      },
    };
  },
};
