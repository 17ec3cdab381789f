import { groupBy } from "../findings/estate-view";
import type { Finding } from "../findings/finding";
import { days } from "../findings/words";
import type { Estate, ScannedCertificate } from "../scan/estate";

type Column = (certificate: ScannedCertificate) => string | number | undefined;

/** A line for each certificate (RFC 4180), in the order of their ends. Lists are joined by blanks. */
export function toCsv({ certificates, attachments, scannedAt }: Estate, findings: readonly Finding[]): string {
  const attachmentsOf = groupBy(attachments, ({ certificateArn }) => certificateArn);
  const findingsOf = groupBy(findings, ({ subject }) => subject);
  const columns: Readonly<Record<string, Column>> = {
    arn: ({ arn }) => arn,
    account: ({ accountId }) => accountId,
    region: ({ region }) => region,
    origin: ({ origin }) => origin,
    names: ({ names }) => names.join(" "),
    issuer: ({ issuer }) => issuer,
    key: ({ keyAlgorithm }) => keyAlgorithm,
    serial: ({ serial }) => serial,
    not_before: ({ notBefore }) => notBefore?.toISOString(),
    not_after: ({ notAfter }) => notAfter?.toISOString(),
    days_left: ({ notAfter }) => notAfter && days(scannedAt, notAfter),
    status: ({ status }) => status,
    owner: ({ owner }) => owner,
    renewal: ({ renewal }) => renewal?.state,
    renew_at: ({ renewal }) => renewal?.renewAt.toISOString(),
    attached_to: ({ arn }) =>
      (attachmentsOf.get(arn) ?? []).map(({ point, role }) => `${point.name}(${role})`).join(" "),
    findings: ({ arn }) => [...new Set((findingsOf.get(arn) ?? []).map(({ rule }) => rule))].join(" "),
    team: ({ team }) => team?.name,
    team_contact: ({ team }) => team?.contact,
  };
  const rows = [...certificates].sort(byEnd).map((each) => Object.values(columns).map((column) => column(each)));
  return [Object.keys(columns), ...rows].map((row) => row.map(quoted).join(",") + "\r\n").join("");
}

/** A text that a spreadsheet would take for a formula gets a quote in front (OWASP, "CSV Injection"). */
function quoted(value: string | number | undefined): string {
  if (typeof value === "number") return String(value);
  const text = value ?? "";
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function byEnd(one: ScannedCertificate, other: ScannedCertificate): number {
  return (
    (one.notAfter?.getTime() ?? Infinity) - (other.notAfter?.getTime() ?? Infinity) || (one.arn < other.arn ? -1 : 1)
  );
}
