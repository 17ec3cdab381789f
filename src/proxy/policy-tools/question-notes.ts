import type { Client } from "../policy/policy";
import type { Explanation } from "./explain-request";

/** What an explanation takes for granted, and what comes before access is judged. */
export function questionNotes(
  { name, tokens, oidc, expires, cidrs }: Client,
  { request, decisions, operation }: Explanation,
  isCurrentGiven: boolean,
  now: Date,
): string[] {
  const isAboutSets = decisions.some((decision) => decision.name !== undefined) || operation === "list-record-sets";
  const isWrite = !request.startsWith("GET ");
  return [
    ...(isAboutSets && !isCurrentGiven ? ["what stands is not given (--current), and taken as absent"] : []),
    ...(isCurrentGiven && isWrite ? [`${name} is taken to have read what stands, as far as it may`] : []),
    ...(tokens.length === 0 && oidc.length === 0 ? [`nobody can be ${name} yet: it has no token`] : []),
    ...(expires !== undefined && expires <= now ? [`${name} has expired: before all this it is answered 401`] : []),
    ...(cidrs === undefined ? [] : [`from outside ${cidrs.join(", ")} it is answered 403 before all this`]),
  ];
}
