import { AppError } from "../../platform/errors";

/** How a command ended: by its code, or by a signal. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** More of a diagnostic than this helps nobody in a report. */
const longestTold = 1_000;

/**
 * A command of terraform that failed, as an error that quotes its first diagnostic. Errors: `locked` where somebody else
 * has the state (Terraform, "State Locking"), else `terraform_failed`.
 */
export function failureOf(
  command: string,
  { code, signal }: Ended,
  said: string,
  hideSecrets: (text: string) => string,
): AppError {
  const how = signal === null ? `ended with ${code}` : `was ended by ${signal}`;
  const why = firstError(said, hideSecrets);
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
 * Without the frames that terraform draws around diagnostics, as one line. Secrets are taken out before, while they have
 * their own white space, and after, where terraform broke a line in one; and all of that before anything is cut.
 */
function firstError(said: string, hideSecrets: (text: string) => string): string | undefined {
  const start = said.search(/^[│| ]*Error: /m);
  if (start < 0) return undefined;
  const [first = ""] = said.slice(start).split(/^╵|\n[│| ]*(?=Error: )/m);
  const line = hideSecrets(first).replace(/[│╷╵]/g, " ").replace(/\s+/g, " ").trim();
  const text = hideSecrets(line.replace(/^Error: /, ""));
  return text.length > longestTold ? `${text.slice(0, longestTold)} …` : text;
}
