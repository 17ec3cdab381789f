/** A plan of renewals, and what came of it, for people. */
import { away, counted, nameOfCertificate } from "../findings/words";
import type { PlannedRenewal, RenewalAction } from "../renew/renewal-plan";
import type { RenewalReport } from "../renew/run-renewals";
import { aligned } from "../../platform/report/aligned";
import { toldOnly } from "../policy/denial-of";
import { failed, waiverLines } from "./failed";
import type { RenewalsRun } from "./renewals-document";

/** What would be done; certificates that are left alone are counted. */
export function plannedText({ estate, reports, waivers }: RenewalsRun): string {
  const planned = reports.map((report) => report.planned);
  const toDo = planned.filter(({ action }) => action.kind !== "left");
  const ready = toDo.filter(({ action }) => action.kind !== "blocked");
  return [
    ...estate.failures.map(failed),
    ...table(toDo, estate.scannedAt),
    ...toDo.flatMap(hintsOf),
    ...toDo.flatMap(policyOf),
    ...waiverLines(waivers),
    ...(toDo.length > 0 ? [""] : []),
    `${counted(ready.length, "certificate")} to do, ${toDo.length - ready.length} blocked, ${planned.length - toDo.length} left alone`,
    ...(ready.length > 0 ? ["nothing was changed: --apply does it"] : []),
    "",
  ].join("\n");
}

function table(planned: readonly PlannedRenewal[], now: Date): string[] {
  if (planned.length === 0) return [];
  const withTeams = planned.some(({ certificate }) => certificate.team !== undefined);
  return aligned([
    ["ENDS", "NAME", "WHAT", "WHY", ...(withTeams ? ["TEAM"] : []), "SERVED AT"],
    ...planned.map(({ certificate, action, attachments }) => [
      certificate.notAfter === undefined ? "" : away(now, certificate.notAfter),
      nameOfCertificate(certificate),
      what(action),
      action.why,
      ...(withTeams ? [certificate.team?.name ?? ""] : []),
      attachments.map(({ point, role }) => point.name + (role === "sni" ? " (SNI)" : "")).join(", "),
    ]),
  ]);
}

function what(action: RenewalAction): string {
  switch (action.kind) {
    case "renew":
      return `renew by ${action.issuer.name}`;
    case "finish":
      return "put its successor in place";
    case "end-canary":
      return "end the trial";
    default:
      return action.kind;
  }
}

function hintsOf({ certificate, action }: PlannedRenewal): string[] {
  return action.kind === "blocked" && action.hint !== undefined
    ? [`hint: ${nameOfCertificate(certificate)}: ${action.hint}`]
    : [];
}

/** What the policy waives, or only tells. */
function policyOf({ certificate, findings }: PlannedRenewal): string[] {
  return toldOnly(findings).map((text) => ` ! ${nameOfCertificate(certificate)}: ${text}`);
}

/** What came of each certificate that there was something to do for, then the count. */
export function appliedText({ estate, reports, waivers }: RenewalsRun): string {
  const done = reports.filter(({ outcome }) => outcome !== undefined && outcome.result !== "left");
  const failures = reports.filter(({ error }) => error !== undefined);
  const left = reports.length - done.length - failures.length;
  return [
    ...estate.failures.map(failed),
    ...reports.flatMap(toldOf),
    ...reports.flatMap(({ planned }) => policyOf(planned)),
    ...waiverLines(waivers),
    "",
    `${done.length} done, ${failures.length} failed, ${left} left alone`,
    "",
  ].join("\n");
}

/** One report in a few lines; none where nothing was to do. */
export function toldOf({ planned, outcome, error }: RenewalReport): string[] {
  const name = nameOfCertificate(planned.certificate);
  if (error !== undefined)
    return [`!! ${name}: ${error.message} [${error.code}]`, ...(error.hint ? [`     ${error.hint}`] : [])];
  if (outcome === undefined) return [];
  const until = outcome.notAfter ? `, good until ${outcome.notAfter.toISOString().slice(0, 10)}` : "";
  const where = outcome.arn === planned.certificate.arn ? "" : ` as ${outcome.arn}`;
  return [`ok ${name}: ${outcome.result}${where}${until}`, ...outcome.warnings.map((warning) => ` ! ${warning}`)];
}
