/** A scan for people, on a terminal or in a log: what is urgent first, then the certificates by their ends. */
import { EstateView } from "../findings/estate-view";
import type { Finding } from "../findings/finding";
import { away, counted, days, nameOfCertificate, teamText } from "../findings/words";
import type { Estate, RenewalOwner, ScannedCertificate } from "../scan/estate";
import { aligned } from "../../platform/report/aligned";
import { costsText } from "./costs-text";
import { byEnd } from "./csv";
import { failed, waiverLines } from "./failed";
import type { ScanExtras } from "./scan-extras";
import { summarize, type Summary } from "./summary";

/** More would hide what matters; `--json`, `--csv` and `--html` have all. */
const mostRows = 20;

export function toText(estate: Estate, findings: readonly Finding[], { waivers, costs }: ScanExtras = {}): string {
  const summary = summarize(estate, findings);
  const urgent = findings.filter(({ severity }) => severity !== "notice");
  const notices = findings.length - urgent.length;
  return [
    headline(summary),
    ...estate.failures.map(failed),
    "",
    ...urgent.flatMap(told),
    ...(urgent.length === 0 ? [estate.failures.length === 0 ? "nothing to do" : "nothing to do in what was seen"] : []),
    ...(notices > 0 ? [`${counted(notices, "notice")}: --json or --html shows them`] : []),
    ...waiverLines(waivers),
    "",
    ...certificateTable(estate),
    ...(costs === undefined ? [] : costsText(costs)),
    "",
  ].join("\n");
}

function headline(summary: Summary): string {
  const { certificates, servingPoints, accounts, regions, handshakes, critical, warnings } = summary;
  const seen = [
    counted(certificates, "certificate"),
    counted(servingPoints, "serving point"),
    ...(handshakes > 0 ? [counted(handshakes, "handshake")] : []),
  ].join(", ");
  const place = `${counted(accounts, "account")}, ${counted(regions, "region")}`;
  return `${seen} in ${place}: ${critical} critical, ${counted(warnings, "warning")}`;
}

function told({ severity, rule, name, message, action, team }: Finding): string[] {
  return [
    `${severity === "critical" ? "!!" : " !"} ${name}: ${message} [${rule}]`,
    `     ${action}`,
    ...(team === undefined ? [] : [`     for ${teamText(team)}`]),
  ];
}

function certificateTable(estate: Estate): string[] {
  const view = new EstateView(estate);
  const used = estate.certificates
    .filter((certificate) => certificate.notAfter && view.isUsed(certificate))
    .sort(byEnd);
  const shown = used.slice(0, mostRows);
  const withTeams = shown.some(({ team }) => team !== undefined);
  const rows = shown.map((certificate) => row(certificate, view, withTeams));
  const more = used.length - rows.length;
  if (rows.length === 0) return [`no certificate is in use${estate.failures.length === 0 ? "" : " in what was seen"}`];
  return [
    ...aligned([
      ["ENDS", "NAME", "KEY", "RENEWED BY", "RENEWAL", ...(withTeams ? ["TEAM"] : []), "SERVED AT"],
      ...rows,
    ]),
    ...(more > 0 ? [`… and ${more} more that end later: --json, --csv or --html shows them`] : []),
  ];
}

const owners: Readonly<Record<RenewalOwner, string>> = {
  acm: "ACM",
  terraform: "Terraform",
  unexpired: "manage-certs",
  "acme-client": "its ACME client",
  nobody: "nobody",
};

function row(certificate: ScannedCertificate, view: EstateView, withTeams: boolean): string[] {
  const { notAfter, keyAlgorithm = "?", owner, renewal, team } = certificate;
  const places = view
    .attachmentsOf(certificate)
    .map(({ point, role }) => point.name + (role === "sni" ? " (SNI)" : ""));
  const left = notAfter ? days(view.now, notAfter) : 0;
  const ends = notAfter === undefined ? "" : notAfter <= view.now ? away(view.now, notAfter) : counted(left, "day");
  const where = places.length > 2 ? `${places[0]} and ${places.length - 1} more` : places.join(", ");
  return [
    ends,
    nameOfCertificate(certificate),
    keyAlgorithm,
    owners[owner],
    renewal?.state ?? "",
    ...(withTeams ? [team?.name ?? ""] : []),
    where || "another service",
  ];
}
