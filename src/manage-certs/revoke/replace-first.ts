/** A new certificate with a new key in every place of one that is to be revoked, proved there. Nothing is revoked here. */
import { revocationTag } from "../../issuance/certificate-tags";
import { withDeadline } from "../../platform/deadline";
import { AppError, toAppError } from "../../platform/errors";
import { retry } from "../../platform/retry";
import type { CertificateStore } from "../../aws/certificate-store";
import { finishBegun } from "../renew/finish-begun";
import { proveServing } from "../renew/prove-serving";
import { renewCertificate } from "../renew/renew-certificate";
import type { OnStep, RenewalOutcome } from "../renew/renew-parts";
import { untilUnused } from "../renew/retire-certificate";
import { whereToProve } from "../renew/where-to-prove";
import type { RevocationAction, Replacing } from "./revocation-plan";
import type { Replacement, RevokeParts } from "./revoke-parts";

export interface Replaced {
  readonly replacement: Replacement;
  readonly warnings: readonly string[];
}

type Of<Kind extends RevocationAction["kind"]> = Extract<RevocationAction, { kind: Kind }>;

/** How long it may take to see what is true after a failure. */
const lookTimeoutMs = 30_000;

/**
 * Before anything is changed the leaf is kept in the journal, and the certificate is tagged, since ACM forgets it when
 * another is imported over it. Errors: those of every step, `aws_in_use`; each says that nothing was revoked.
 */
export async function replaceFirst(
  { what, renewal }: Of<"replace">,
  parts: RevokeParts,
  onStep: OnStep,
): Promise<Replaced> {
  const { certificate } = renewal;
  const { leaf, reason } = what;
  const { serial } = leaf.info;
  const store = parts.accessTo(certificate.accountId).certificates(certificate.region);
  const begun = { arn: certificate.arn, reason, leaf: leaf.pem, chain: leaf.chainPem };
  await parts.journal.begin({ ...begun, begunAt: parts.clock.now().toISOString() });
  try {
    await store.tag(certificate.arn, { [revocationTag]: `pending ${serial}` }, parts);
    const outcome = await replaceNow(renewal, parts, onStep);
    if (outcome.result === "left" || outcome.serial === undefined)
      throw new AppError("aws_ambiguous", outcome.warnings.join("; "), { hint: "run it again: it looks anew" });
    if (outcome.arn !== certificate.arn) await requireUnused(certificate.arn, store, parts);
    const { arn, notAfter, warnings } = outcome;
    return { replacement: { arn, serial: outcome.serial, notAfter }, warnings };
  } catch (error) {
    const isUntouched = await hasSerial(serial, certificate.arn, store);
    if (isUntouched) {
      await store.untag(certificate.arn, [revocationTag]).catch(() => undefined);
      await parts.journal.end(begun);
    }
    throw notRevoked(toAppError(error), serial);
  }
}

/** The old one keeps its place in ACM until it is revoked. */
function replaceNow(renewal: Replacing, parts: RevokeParts, onStep: OnStep): Promise<RenewalOutcome> {
  const own = { ...parts, retire: async () => [] };
  const { action } = renewal;
  return action.kind === "renew"
    ? renewCertificate({ ...renewal, action }, own, onStep)
    : finishBegun({ ...renewal, action }, own, onStep);
}

/**
 * What an earlier run imported over the certificate is proved in all its places. Errors: `handshake_failed`,
 * `certificate_not_revocable`.
 */
export async function proveReplaced(
  { what, certificate }: Of<"finish">,
  attachments: Replacing["attachments"],
  parts: RevokeParts,
  onStep: OnStep,
): Promise<Replaced> {
  const { serial: old } = what.leaf.info;
  try {
    onStep("check");
    const { serial, notAfter, chain } = certificate;
    if (serial === undefined || (what.reason === "keyCompromise" && chain?.keyFingerprint === what.leaf.keyFingerprint))
      throw new AppError("certificate_not_revocable", `what replaced it under ${certificate.arn} has the same key`, {
        hint: "replace that one as well: give its serial with --serial, and --replace",
      });
    const subject = { certificate, attachments };
    const { places, warnings } = await whereToProve([old, serial], { ...subject, action: finished }, parts);
    onStep("prove");
    await proveServing(serial, places, subject, parts);
    return { replacement: { arn: certificate.arn, serial, notAfter }, warnings };
  } catch (error) {
    throw notRevoked(toAppError(error), old);
  }
}

const finished = { kind: "left", why: "replaced" } as const;

/** ACM goes on naming a load balancer for some seconds after. Errors: `aws_in_use`. */
export async function requireUnused(
  arn: string,
  store: CertificateStore,
  { sleep, signal }: Pick<RevokeParts, "sleep" | "signal">,
): Promise<void> {
  await retry(
    async () => {
      const users = (await store.describe(arn, { signal }))?.inUseBy ?? [];
      if (users.length > 0)
        throw new AppError("aws_in_use", `${arn} is still used by ${users.join(", ")}`, {
          hint: "give that another certificate, then run it again",
          facts: { users },
        });
    },
    { policy: untilUnused, isRetryable: ({ code, retryable }) => retryable || code === "aws_in_use", sleep, signal },
  );
}

async function hasSerial(serial: string, arn: string, store: CertificateStore): Promise<boolean> {
  try {
    return (await store.describe(arn, { signal: withDeadline(undefined, lookTimeoutMs) }))?.serial === serial;
  } catch {
    return false;
  }
}

function notRevoked(cause: AppError, serial: string): AppError {
  const { code, message, hint, facts } = cause;
  return new AppError(code, `${message}; serial ${serial} was not revoked`, { hint, facts, cause });
}
