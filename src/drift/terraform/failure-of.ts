import { AppError } from "../../platform/errors";
import { errorsIn } from "./errors-in";
import { policyDenialsIn } from "./policy-denials";

/** How a command ended: by its code, or by a signal. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** More of a diagnostic than this helps nobody in a report. */
const longestTold = 1_000;

/** What `terraform init` says before the mistake itself, "described below". */
const announcement = /encountered problems during initiali[sz]ation/;

/**
 * A command of terraform that failed, as an error that quotes its first diagnostic. Errors: `locked` where somebody else
 * has the state (Terraform, "State Locking"), `policy_denied` where nothing but our provider's policy is against a plan,
 * else `terraform_failed`.
 */
export function failureOf(
  command: string,
  { code, signal }: Ended,
  said: string,
  hideSecrets: (text: string) => string,
): AppError {
  const how = signal === null ? `ended with ${code}` : `was ended by ${signal}`;
  const errors = errorsIn(said);
  // an apply that is denied something may have done something else
  const denied = command === "plan" ? policyDenialsIn(errors.map(hideSecrets)) : undefined;
  if (denied !== undefined) return denied;
  const [first, second] = errors.map((error) => told(error, hideSecrets));
  const why = second !== undefined && announcement.test(first ?? "") ? second : first;
  if (why?.startsWith("Error acquiring the state lock"))
    return new AppError("locked", `terraform ${command}: somebody else has the state: ${why}`, {
      hint: "wait for them; if nobody works there any more, terraform force-unlock takes the lock away",
      retryable: true,
    });
  return new AppError("terraform_failed", `terraform ${command} ${how}${why === undefined ? "" : `: ${why}`}`, {
    hint: `run terraform ${command} in the folder of the stack to see all that it says`,
    // Terraform's own word, and OpenTofu's: the state is not the one that was planned with
    facts: { command, code, signal, isStale: why?.startsWith("Saved plan is stale") ?? false },
  });
}

/**
 * As one line. Secrets are taken out before, while they have their own white space, and after, where terraform broke a
 * line in one; and all of that before anything is cut.
 */
function told(error: string, hideSecrets: (text: string) => string): string {
  const text = hideSecrets(hideSecrets(error).replace(/\s+/g, " ").trim());
  return text.length > longestTold ? `${text.slice(0, longestTold)} …` : text;
}
