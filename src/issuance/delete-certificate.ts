import type { CertificateStore } from "../aws/certificate-store";
import { sleep as realSleep, type Sleep } from "../platform/clock";
import { AppError, isAppError } from "../platform/errors";
import type { Logger } from "../platform/log";
import { generationTag } from "./certificate-tags";

export interface DeleteOptions {
  readonly store: CertificateStore;
  readonly arn: string;
  /** The generation that must be on the certificate. */
  readonly generation: string;
  readonly log: Logger;
  /** Ends waiting for the certificate to be let go of. */
  readonly signal: AbortSignal;
  readonly sleep?: Sleep;
}

const pauseMs = 3_000;

/**
 * Deletes a certificate of ours once nothing uses it. `not-ours` if it carries another generation: somebody else has
 * taken it over, and it is left alone. Errors: `aws_in_use` naming the users when the time is over.
 */
export async function deleteCertificate(options: DeleteOptions): Promise<"deleted" | "gone" | "not-ours"> {
  const { store, arn, generation, log, signal, sleep = realSleep } = options;
  const tags = await store.tags(arn, { signal });
  if (tags === undefined) return "gone";
  if (tags[generationTag] !== generation) return "not-ours";
  let refused: AppError | undefined;
  try {
    for (;;) {
      refused = await tryToDelete(options);
      if (refused === undefined) return "deleted";
      log.log("info", "waiting until nothing uses the certificate", { arn, why: refused.message });
      await sleep(pauseMs, signal);
    }
  } catch (error) {
    if (refused === undefined || !isAppError(error, "timeout") || !signal.aborted) throw error;
    throw stillInUse(refused);
  }
}

/** The refusal if something uses it. */
async function tryToDelete({ store, arn, signal }: DeleteOptions): Promise<AppError | undefined> {
  try {
    await store.delete(arn, { signal });
    return undefined;
  } catch (error) {
    if (isAppError(error, "aws_in_use")) return error;
    throw error;
  }
}

function stillInUse(error: AppError): AppError {
  return new AppError("aws_in_use", error.message, {
    hint: "detach it there first; a listener needs another certificate before it lets go of this one",
    facts: error.facts,
    cause: error,
  });
}
