import { finishRenewal } from "./finish-renewal";
import type { OnStep, RenewalOutcome, RenewParts } from "./renew-parts";
import type { PlannedRenewal, RenewalAction } from "./renewal-plan";
import { whereToProve } from "./where-to-prove";

type Begun = PlannedRenewal & { readonly action: Extract<RenewalAction, { kind: "finish" }> };

/**
 * What an earlier run began: its successor is imported, and gets every place of the old one. No order is needed. Errors:
 * those of `finishRenewal`, `handshake_failed`.
 */
export async function finishBegun(planned: Begun, parts: RenewParts, onStep: OnStep): Promise<RenewalOutcome> {
  const { certificate, attachments, action } = planned;
  const { arn, serial = "", notAfter } = action.successor;
  onStep("check");
  const store = parts.accessTo(certificate.accountId).certificates(certificate.region);
  const { places, warnings } = await whereToProve([certificate.serial, serial], planned, parts);
  const successor = { arn, serial };
  const left = await finishRenewal({ certificate, successor, attachments, places, store, onStep }, parts);
  return { result: "finished", arn, serial, notAfter, warnings: [...warnings, ...left] };
}
