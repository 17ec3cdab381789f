import type { Drill } from "../drill";
import { drillName } from "../estate";
import { keyAccess } from "./key-access";

export const keyCompromise: Drill = {
  name: "key-compromise",
  failureMode: "F4",
  what: "somebody unknown reads the secret that a key was kept in",
  alert: "KeyAccessAnomaly",
  objectives: { detectSeconds: 900, recoverSeconds: 3600 },
  prepare: async (estate) => {
    const { acme } = estate.sandbox;
    const arn = await estate.serve(drillName, [443]);
    const [{ serial } = { serial: "" }] = await estate.handshakes();
    const trail = [keyAccess("manage-certs", new Date())];
    await estate.write("trail.json", JSON.stringify({ Records: trail }));
    return {
      inject: async () => {
        trail.push(keyAccess("somebody", new Date()));
        await estate.write("trail.json", JSON.stringify({ Records: trail }));
        return "CloudTrail has a GetSecretValue by a role that nobody knows";
      },
      recover: async () => {
        await estate.must("manage-certs", "revoke", arn, "--reason", "keyCompromise", "--replace", "--apply");
        return "manage-certs revoke --reason keyCompromise --replace --apply";
      },
      isSettled: () => {
        const old = acme.certificates().find((each) => each.serial.replace(/^0+/, "") === serial.replace(/^0+/, ""));
        return Promise.resolve(old?.revocation === undefined ? `serial ${serial} is not revoked` : undefined);
      },
    };
  },
};
