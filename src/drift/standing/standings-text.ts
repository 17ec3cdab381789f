/** How stacks stand, for people: a line for each, then what failed and what waits. */
import { aligned } from "../../platform/report/aligned";
import { away } from "../../platform/words";
import { outcomeOf } from "../report/outcome-words";
import type { StackStanding } from "./stack-standing";

export function toStandingsText(standings: readonly StackStanding[], now: Date): string {
  const rows = standings.map(({ result, firstToEnd }) => [
    result.name,
    outcomeOf({ ...result, isApplied: result.applied }),
    away(now, new Date(result.startedAt)),
    firstToEnd?.ends === undefined ? "" : `${firstToEnd.names[0] ?? ""} ${away(now, firstToEnd.ends)}`,
  ]);
  return [
    ...aligned([["STACK", "OUTCOME", "LOOKED AT", "ENDS FIRST"], ...rows]),
    ...standings.flatMap((standing) => detailsOf(standing, now)),
    "",
  ].join("\n");
}

function detailsOf({ result, waiting }: StackStanding, now: Date): string[] {
  const { name, failure } = result;
  const lines = [
    ...(failure === undefined ? [] : [`  !! ${failure.message} [${failure.code}]`]),
    ...(failure?.hint === undefined ? [] : [`     ${failure.hint}`]),
    ...(waiting === undefined
      ? []
      : [`  ?? waits for an approval since ${away(now, new Date(waiting.since))}`, `     ${waiting.approveWith}`]),
  ];
  return lines.length === 0 ? [] : ["", name, ...lines];
}
