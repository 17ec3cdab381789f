import { toAppError, type AppError } from "../../../platform/errors";
import { rollOut, type RolloutRequest, type RolloutResult } from "../../../rollout/roll-out";
import type { ServingTarget } from "../../../rollout/serving-target";
import type { Diagnostics } from "../../schema";
import { engineOf, warnOfLedger } from "../engine";
import type { ProviderSettings } from "../settings";

/** Rolls a certificate out to one listener, and puts on record how it ended. Errors: those of `rollOut`. */
export async function rollOutOnRecord(
  target: ServingTarget,
  request: RolloutRequest,
  data: ProviderSettings,
  diagnostics: Pick<Diagnostics, "warning">,
): Promise<RolloutResult> {
  const record = async (error?: AppError) => {
    // AWS took the change and does not show it: some clients may have the one, some the other
    const deployment = error === undefined ? "complete" : error.code === "aws_ambiguous" ? "partial" : undefined;
    await engineOf(data).recorder.record({
      event: "rollout.ended",
      outcome: error === undefined ? "done" : "failed",
      subject: { certificateArn: request.certificateArn, attachment: target.name },
      error,
      facts: { listeners: 1, attached: Number(error === undefined), ...(deployment !== undefined && { deployment }) },
    });
    warnOfLedger(data, diagnostics);
  };
  try {
    const result = await rollOut(target, request);
    await record();
    return result;
  } catch (thrown) {
    const error = toAppError(thrown);
    await record(error);
    throw error;
  }
}
