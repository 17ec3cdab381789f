import { readFile } from "node:fs/promises";
import type * as Access from "../../aws/aws-access";
import type { Config } from "../../drift/config/config";
import type { VerifyServed } from "../../drift/verify/verify-served";
import type * as Verify from "../../drift/verify/verify-served";
import { sleep, systemClock } from "../../platform/clock";
import { AppError, messageOf } from "../../platform/errors";
import { secureContextTrusting } from "../../platform/extra-authorities";
import { parseConnectTo } from "../../rollout/connect-to";

/** Where listeners are and whom clients trust. Errors: `missing_file`, `invalid_argument`. */
export async function lookOptions({ roots, connectTo }: Config["verify"]) {
  return {
    connectTo: connectTo.map(parseConnectTo),
    trust: secureContextTrusting(roots === undefined ? undefined : await readRoots(roots)),
  };
}

/** Looks at listeners as `verify` of the configuration says. Errors: those of `lookOptions`. */
export async function listenerVerifier(verify: Config["verify"]): Promise<VerifyServed> {
  const waiting = { clock: systemClock, sleep, waitMs: verify.waitSeconds * 1000 };
  const options = { ...(await lookOptions(verify)), ...waiting };
  // Loaded when there is something to verify: most runs apply nothing.
  return async (renewed, signal) => {
    const { verifyServed } = module.require("../../drift/verify/verify-served") as typeof Verify;
    const { AwsAccess } = module.require("../../aws/aws-access") as typeof Access;
    const opened: Access.AwsAccess[] = [];
    const access = (region: string) => {
      const made = new AwsAccess({ region });
      opened.push(made);
      return made;
    };
    try {
      return await verifyServed({ ...options, access })(renewed, signal);
    } finally {
      for (const each of opened) each.close();
    }
  };
}

async function readRoots(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new AppError("missing_file", `cannot read verify.roots: ${messageOf(error)}`, { cause: error });
  }
}
