import { AppError } from "../../platform/errors";

/** What our provider does not plan since the policy denies it (src/provider/resources/provider-policy.ts). */
export interface PolicyDenial {
  /** Of the resource. */
  readonly address: string;
  /** For people: `certificate "app"`. */
  readonly what: string;
  /** The policy's own sentence, with rule, source and what to do, as one line. */
  readonly text: string;
}

/** `policy_denied`. */
export class PolicyDeniedError extends AppError {
  constructor(readonly denials: readonly [PolicyDenial, ...PolicyDenial[]]) {
    const [{ address, text }] = denials;
    const more = denials.length > 1 ? ` (and ${denials.length - 1} more)` : "";
    super("policy_denied", `${address}: ${text}${more}`);
  }
}

/** `errors`: a command's diagnostics. Undefined unless every one of them is a denial, so that nothing else is passed over. */
export function policyDenialsIn(errors: readonly string[]): PolicyDeniedError | undefined {
  const [first, ...others] = errors.flatMap((error) => toDenial(error) ?? []);
  return first === undefined || others.length + 1 < errors.length
    ? undefined
    : new PolicyDeniedError([first, ...others]);
}

/** A diagnostic is its summary, where it is from, and its detail, with an empty line between each two. */
function toDenial(error: string): PolicyDenial | undefined {
  const [, summary = "", place = "", detail = ""] =
    /^(.+?)\n\s*\n(.+?)\n\s*\n(.+)\scode: policy_denied(?:\n|$)/s.exec(error) ?? [];
  const [, what] = /^the policy does not allow (.+)$/.exec(oneLine(summary)) ?? [];
  const [, address] = /^\s*with (\S+),$/m.exec(place) ?? [];
  return what === undefined || address === undefined ? undefined : { address, what, text: oneLine(detail) };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
