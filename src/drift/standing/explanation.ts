/** All that is known of one stack, for people: every change, every guard that objects, and the way out of each. */
import { aligned } from "../../platform/report/aligned";
import { away, counted } from "../../platform/words";
import { allGuards } from "../guards/all-guards";
import { outcomeOf, policyTold } from "../report/outcome-words";
import type { StackStanding } from "./stack-standing";

type Result = StackStanding["result"];

export function explanation({ runId, result, waiting }: StackStanding, now: Date): string {
  const { name, folder, startedAt, seconds, checksum, approvedBy, failure } = result;
  const facts = [
    ["folder", folder],
    ["looked at", `${away(now, new Date(startedAt))}, for ${seconds} s`],
    ["run", runId],
    ...(checksum === undefined ? [] : [["checksum", checksum]]),
    ...(approvedBy === undefined ? [] : [["approved by", approvedBy.who]]),
    ...(approvedBy?.reason === undefined ? [] : [["because", approvedBy.reason]]),
  ];
  return [
    `${name}: ${outcomeOf({ ...result, isApplied: result.applied })}`,
    ...indented(aligned(facts)),
    ...changesOf(result),
    ...(failure === undefined ? [] : ["", `!! ${failure.step}: ${failure.message} [${failure.code}]`]),
    ...(failure?.hint === undefined ? [] : [`   ${failure.hint}`]),
    ...objectionsOf(result),
    ...policyOf(result),
    ...certificatesOf(result),
    ...(waiting === undefined
      ? []
      : [
          "",
          `it waits for an approval since ${away(now, new Date(waiting.since))}`,
          ...indented([
            `to see its values, in ${folder}: terraform show ${waiting.planFile}`,
            `to approve: ${waiting.approveWith}`,
          ]),
        ]),
    "",
  ].join("\n");
}

function changesOf({ changes }: Result): string[] {
  if (changes.length === 0) return [];
  const rows = changes.map(({ address, actions }) => [address, actions.join(" then ")]);
  return ["", counted(changes.length, "change"), ...indented(aligned(rows))];
}

function objectionsOf({ findings }: Result): string[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return rules.flatMap((rule) => {
    const found = findings.filter((finding) => finding.rule === rule);
    const [first] = found;
    const holdsBack = allGuards.find(({ id }) => id === rule)?.forbids;
    return [
      ...["", `${first?.verdict === "forbidden" ? "!!" : "??"} ${rule} (${first?.verdict})`],
      ...(holdsBack === undefined ? [] : [`   it holds back ${holdsBack}`]),
      ...found.map(({ subject, value, message }) => `   ${subject}: ${message} (${value})`),
      `   what to do: ${first?.wayOut}`,
    ];
  });
}

function policyOf(result: Result): string[] {
  const told = policyTold(result);
  return told.length === 0 ? [] : ["", "what the policy waives or tells", ...indented(told)];
}

function certificatesOf({ certificates = [] }: Result): string[] {
  return certificates.flatMap(({ address, names, notAfter, findings }) => {
    const end = notAfter.wire ?? notAfter.acm ?? notAfter.state;
    return [
      ...["", `${address}: ${names.join(", ")}${end === undefined ? "" : `, ends ${end}`}`],
      ...findings.flatMap(({ rule, level, message, wayOut }) => [
        `   ${rule} (${level}): ${message}`,
        `   what to do: ${wayOut}`,
      ]),
    ];
  });
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
