/** What would become of listeners, and what became of them, for people. */
import { aligned } from "../../platform/report/aligned";
import type { PlannedAttachment } from "../attach/attachment-plan";
import type { AttachmentReport } from "../attach/run-attachments";
import { away, nameOfCertificate } from "../findings/words";
import type { AttachmentsRun } from "./attachments-document";
import { failed, waiverLines } from "./failed";

/** What would be done. */
export function plannedAttachmentsText({ estate, certificate, reports, waivers }: AttachmentsRun): string {
  const { notAfter, arn } = certificate;
  const ends = notAfter === undefined ? "" : `, ends ${away(estate.scannedAt, notAfter)}`;
  const planned = reports.map((report) => report.planned);
  return [
    ...estate.failures.map(failed),
    `${nameOfCertificate(certificate)} (${arn}${ends})`,
    "",
    ...attachmentTable(planned),
    ...waiverLines(waivers),
    "",
    ...summaryOf(planned),
    "",
  ].join("\n");
}

/** A row for each listener, then what somebody should know. */
export function attachmentTable(planned: readonly PlannedAttachment[]): string[] {
  return [
    ...aligned([["LISTENER", "WHAT", "WHY"], ...planned.map((each) => [each.point.name, what(each), each.action.why])]),
    ...planned.flatMap(({ point, action, notes }) => [
      ...notes.map((note) => ` ! ${point.name}: ${note}`),
      ...(action.kind === "blocked" && action.hint !== undefined ? [`hint: ${point.name}: ${action.hint}`] : []),
    ]),
  ];
}

function what({ role, action }: PlannedAttachment): string {
  if (action.kind !== "attach") return action.kind;
  return role === "default" ? "make it the default" : "add it to the list";
}

function summaryOf(planned: readonly PlannedAttachment[]): string[] {
  const of = (kind: PlannedAttachment["action"]["kind"]) => planned.filter(({ action }) => action.kind === kind).length;
  const counts = `${of("attach")} to do, ${of("blocked")} blocked, ${of("left")} there already`;
  if (of("blocked") > 0) return [counts, "nothing was changed, and nothing will be as long as one is blocked"];
  return of("attach") > 0 ? [counts, "nothing was changed: --apply does it"] : [counts];
}

/** What came of each listener, then the count. */
export function appliedAttachmentsText({ estate, reports, waivers }: AttachmentsRun): string {
  return [...estate.failures.map(failed), ...waiverLines(waivers), ...attachmentLines(reports)].join("\n");
}

export function attachmentLines(reports: readonly AttachmentReport[]): string[] {
  const of = (result: "attached" | "left") => reports.filter(({ outcome }) => outcome?.result === result).length;
  const failures = reports.filter(({ error }) => error !== undefined).length;
  const idle = reports.filter(({ outcome, error }) => outcome === undefined && error === undefined);
  return [
    ...reports.flatMap(toldOfAttachment),
    ...idle.map(({ planned: { point } }) => ` - ${point.name}: not begun, nothing was changed there`),
    "",
    `${of("attached")} attached, ${failures} failed, ${of("left")} there already, ${idle.length} not begun`,
    "",
  ];
}

/** One report in a few lines; none where nothing was begun. */
export function toldOfAttachment({ planned: { point, role }, outcome, error }: AttachmentReport): string[] {
  const { name } = point;
  if (error !== undefined)
    return [`!! ${name}: ${error.message} [${error.code}]`, ...(error.hint ? [`     ${error.hint}`] : [])];
  if (outcome === undefined) return [];
  const where = role === "default" ? "as the default" : "on the list";
  const told = outcome.result === "attached" ? `attached ${where}` : `${where} already`;
  return [`ok ${name}: ${told}`, ...outcome.warnings.map((warning) => ` ! ${warning}`)];
}
