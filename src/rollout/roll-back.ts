import { isAppError } from "../platform/errors";
import type { AttachmentRole } from "./roll-out";
import type { ServingTarget } from "./serving-target";

export interface RollbackRequest {
  readonly certificateArn: string;
  readonly role: AttachmentRole;
  /** What was the default before our certificate. Undefined if it was the default from the beginning. */
  readonly formerDefaultArn?: string;
  readonly signal?: AbortSignal;
}

/**
 * `done`: the listener does not serve the certificate any more. `stays`: it is the default, a listener must have one, and
 * there is none to put back.
 */
export type RollbackOutcome = "done" | "stays";

/** Takes a certificate off a listener again. A listener that is gone is done. */
export async function rollBack(target: ServingTarget, request: RollbackRequest): Promise<RollbackOutcome> {
  const { certificateArn, formerDefaultArn, signal } = request;
  try {
    const served = await target.served(signal);
    if (served.defaultArn === certificateArn) {
      if (request.role === "sni") return "stays";
      if (formerDefaultArn === undefined || !(await putBack(target, formerDefaultArn, signal))) return "stays";
      await target.removeSni(certificateArn, signal);
    } else if (served.sniArns.includes(certificateArn)) await target.removeSni(certificateArn, signal);
    return "done";
  } catch (error) {
    if (isAppError(error, "aws_not_found")) return "done";
    throw error;
  }
}

/** False if that certificate does not exist any more. */
async function putBack(target: ServingTarget, certificateArn: string, signal?: AbortSignal): Promise<boolean> {
  try {
    await target.setDefault(certificateArn, signal);
    return true;
  } catch (error) {
    if (isAppError(error, "aws_not_found")) return false;
    throw error;
  }
}
