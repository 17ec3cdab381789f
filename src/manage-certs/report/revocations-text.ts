/** A plan of revocations, and what came of it, for people. */
import { aligned } from "../../platform/report/aligned";
import type { ListedRevocation } from "../../acme/look-up-revocation";
import { counted, nameOfCertificate } from "../findings/words";
import { isReady, type PlannedRevocation, type RevocationAction } from "../revoke/revocation-plan";
import type { RevocationReport } from "../revoke/run-revocations";
import { toldOnly } from "../policy/denial-of";
import { failed, waiverLines } from "./failed";
import type { RevocationsRun } from "./revocations-document";

/** What would be done. */
export function plannedRevocationsText(run: RevocationsRun): string {
  const planned = run.reports.map((report) => report.planned);
  const ready = planned.filter(isReady).length;
  const blocked = planned.filter(({ action }) => action.kind === "blocked").length;
  return [
    ...run.estate.failures.map(failed),
    ...aligned([
      ["NAME", "SERIAL", "WHAT", "WHY", "SERVED AT"],
      ...planned.map((each) => [
        nameOfCertificate(each),
        each.serial ?? "",
        what(each.action, run.reason),
        each.action.why,
        each.attachments.map(({ point, role }) => point.name + (role === "sni" ? " (SNI)" : "")).join(", "),
      ]),
    ]),
    ...planned.flatMap(hintsOf),
    ...notes(run),
    "",
    `${counted(ready, "certificate")} to revoke, ${blocked} blocked, ${planned.length - ready - blocked} left alone`,
    ...(ready > 0 ? ["nothing was changed: --apply does it"] : []),
    "",
  ].join("\n");
}

function what(action: RevocationAction, reason: string): string {
  switch (action.kind) {
    case "replace":
      return `replace, then revoke as ${reason}`;
    case "finish":
      return `prove, then revoke as ${reason}`;
    case "revoke":
      return `revoke as ${reason}`;
    default:
      return action.kind;
  }
}

function hintsOf({ action, ...planned }: PlannedRevocation): string[] {
  return action.kind === "blocked" && action.hint !== undefined
    ? [`hint: ${nameOfCertificate(planned)}: ${action.hint}`]
    : [];
}

/** What else should be revoked, and what the policy waives or tells. */
function notes({ reports, stillToDo, waivers }: RevocationsRun): string[] {
  const sharing = reports.filter(({ planned }) => planned.sameKey.length > 0);
  return [
    ...sharing.map(
      ({ planned }) =>
        `the key of ${nameOfCertificate(planned)} is also that of ${planned.sameKey.join(", ")}: name them as well`,
    ),
    ...reports.flatMap(({ planned }) =>
      toldOnly(planned.findings).map((text) => ` ! ${nameOfCertificate(planned)}: ${text}`),
    ),
    ...waiverLines(waivers),
    ...stillToDo.map(({ arn, begunAt }) => `begun on ${begunAt} and not revoked yet: ${arn}; name it to go on`),
  ];
}

/** What came of each, then the count. */
export function appliedRevocationsText(run: RevocationsRun): string {
  const { reports, estate } = run;
  const done = reports.filter(({ outcome }) => outcome !== undefined).length;
  const failures = reports.filter(({ error }) => error !== undefined).length;
  return [
    ...estate.failures.map(failed),
    ...reports.flatMap(toldOfRevocation),
    ...notes(run),
    "",
    `${done} revoked, ${failures} failed, ${reports.length - done - failures} left alone`,
    "",
  ].join("\n");
}

/** One report in a few lines. */
export function toldOfRevocation({ planned, outcome, error }: RevocationReport): string[] {
  const name = nameOfCertificate(planned);
  if (error !== undefined)
    return [`!! ${name}: ${error.message} [${error.code}]`, ...(error.hint ? [`     ${error.hint}`] : [])];
  if (outcome === undefined) return [`-- ${name}: ${planned.action.why}`];
  const { replacement, warnings } = outcome;
  const instead =
    replacement === undefined ? "" : `, replaced by serial ${replacement.serial} (${replacement.arn}), proved before`;
  return [
    `ok ${name}: serial ${planned.serial ?? ""} ${outcome.result === "left" ? "left" : `is ${outcome.result}`}${instead}`,
    ...(outcome.listed ? [`     ${toldOfList(outcome.listed)}`] : []),
    ...warnings.map((warning) => ` ! ${warning}`),
  ];
}

function toldOfList(listed: ListedRevocation): string {
  switch (listed.state) {
    case "listed":
      return `on the CA's list since ${listed.at.toISOString()}, as ${listed.reason}: ${listed.url}`;
    case "not listed yet":
      return `not on the CA's list yet, for which it has 24 hours: ${listed.url}`;
    case "unknown":
      return `whether the CA's list has it is not known: ${listed.why}`;
  }
}
