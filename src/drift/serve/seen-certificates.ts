import type { StackResult } from "../history/latest-results";
import type { RunDocument } from "../report/run-document-shape";
import type { SeenCertificate, SeenFinding } from "./status-view";

type Certificate = NonNullable<RunDocument["stacks"][number]["certificates"]>[number];

const levels: readonly SeenFinding["level"][] = ["error", "warning", "unseen"];

/** Every certificate of these stacks, what ends first before the others. */
export function seenCertificates(stacks: readonly StackResult[]): SeenCertificate[] {
  return stacks
    .flatMap(({ result: { name, certificates = [] } }) => certificates.map((each) => seenCertificate(name, each)))
    .sort((left, right) => (left.ends?.getTime() ?? Infinity) - (right.ends?.getTime() ?? Infinity));
}

function seenCertificate(
  stack: string,
  { address, arn, names, notAfter, renewal, findings }: Certificate,
): SeenCertificate {
  const ends = [
    { end: notAfter.wire, seen: "on the wire" },
    { end: notAfter.acm, seen: "in ACM" },
    { end: notAfter.state, seen: "in the state" },
  ] as const;
  // of equal ends the one that clients see
  const first = ends.reduce((one, other) => (time(other.end) < time(one.end) ? other : one));
  return {
    ...{ stack, address, arn, names, seen: first.seen },
    ...(first.end !== undefined && { ends: new Date(first.end) }),
    isDue: renewal !== undefined && renewal.state !== "not-due",
    findings: [...findings]
      .sort((left, right) => levels.indexOf(left.level) - levels.indexOf(right.level))
      .map(({ level, message }) => ({ level, message })),
  };
}

function time(end: string | undefined): number {
  return end === undefined ? Infinity : Date.parse(end);
}
