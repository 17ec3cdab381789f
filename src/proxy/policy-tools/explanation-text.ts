import { aligned } from "../../platform/report/aligned";
import type { ExplainedDecision, Explanation } from "./explain-request";

/** More grants than this tell nobody anything. */
const mostGrants = 10;

/** Where `grants[0]` stands, as `adp.yaml:12`. */
export type PlaceOfGrant = (grant: string) => string;

/** An explanation for people. `notes`: what it takes for granted. */
export function explanationText(explanation: Explanation, placeOf: PlaceOfGrant, notes: readonly string[]): string {
  const { request, client, operation, status, detail, upstream } = explanation;
  const facts = [
    ["request", `${request} of ${client}`],
    ["operation", operation ?? "none: the request cannot be understood"],
    ["decision", decisionText(explanation, placeOf)],
    ...(status === undefined ? [] : [["answer", detail === undefined ? String(status) : `${status} ${detail}`]]),
    ...(upstream.length === 0
      ? [["upstream", "nothing is written"]]
      : upstream.map((write) => ["upstream", writeText(write)])),
    ...notes.map((note) => ["note", note]),
  ];
  const grants = explanation.decisions.map((decision) => grantsText(decision, placeOf));
  return [lines(aligned(facts)), ...grants].join("");
}

function decisionText({ verdict, reason, decisions }: Explanation, placeOf: PlaceOfGrant): string {
  switch (verdict) {
    case "allow": {
      const grants = [...new Set(decisions.flatMap(({ grant }) => grant ?? []))];
      return grants.length === 0
        ? "allow: it shows only what the client may read"
        : `allow by ${grants.map((grant) => `${grant} (${placeOf(grant)})`).join(", ")}`;
    }
    case "deny":
      return `deny: ${reason}`;
    case "invalid":
      return "none: it is refused before access is judged";
    case "undecided":
      return "none without a body: zone, name, type and action are granted; values and TTL are not known";
  }
}

function writeText({ method, name, type, set }: Explanation["upstream"][number]): string {
  return `${method} ${name} ${type}${set === undefined ? "" : ` ttl ${set.ttlSeconds}: ${set.rdata.join(" | ")}`}`;
}

function grantsText({ zone, name, type, grants }: ExplainedDecision, placeOf: PlaceOfGrant): string {
  if (grants.length === 0) return "";
  const rows = grants
    .slice(0, mostGrants)
    .map(({ grant, kind, verdict, detail }) => [`  ${placeOf(grant)}`, grant, kind, verdict, detail ?? ""]);
  const more = grants.length - rows.length;
  return `\ngrants in ${zone} for ${name} ${type}, the nearest first:\n${lines(aligned(rows))}${more > 0 ? `  and ${more} more\n` : ""}`;
}

function lines(rows: readonly string[]): string {
  return rows.map((row) => `${row}\n`).join("");
}
