import { markdownTable } from "../../platform/report/markdown";
import { away, counted } from "../findings/words";
import type { Verification, VerifiedTarget } from "../verify/verification";
import { failedMarkdown } from "./failed";

/** What was found, in Markdown, for the step summary of a pipeline: what is wrong comes first. */
export function toVerificationMarkdown({ verifiedAt, targets, failures }: Verification): string {
  const wrong = targets.filter(({ state }) => state === "wrong");
  const others = targets.filter(({ state }) => state !== "wrong");
  const rows = [...wrong, ...others].map((target) => [
    target.name,
    target.state,
    endOf(target, verifiedAt),
    why(target),
  ]);
  return [
    "## manage-certs verify",
    "",
    `${counted(targets.length, "target")}, ${wrong.length} wrong.`,
    "",
    ...failedMarkdown(failures),
    ...(rows.length === 0 ? [] : markdownTable([["Target", "State", "Ends", "What is wrong"], ...rows])),
    "",
  ].join("\n");
}

/** The first end of what is served. */
function endOf({ handshakes }: VerifiedTarget, now: Date): string {
  const ends = handshakes.flatMap(({ outcome }) => (outcome.state === "served" ? (outcome.chain[0] ?? []) : []));
  const [first] = ends.map(({ notAfter }) => notAfter).sort((one, other) => one.getTime() - other.getTime());
  return first === undefined ? "" : away(now, first);
}

function why({ state, why: reason = "", problems }: VerifiedTarget): string {
  return state === "out of reach" ? reason : problems.map(({ kind, message }) => `${message} (${kind})`).join("; ");
}
