import type { Costs } from "../costs/estimate-costs";
import { groupBy } from "../findings/estate-view";
import type { Finding } from "../findings/finding";
import { policyRule } from "../findings/rules/policy";
import { days } from "../findings/words";
import type { Estate, ScannedCertificate } from "../scan/estate";
import type { ScanExtras } from "./scan-extras";

type Column = (certificate: ScannedCertificate) => string | number | undefined;
type Columns = Readonly<Record<string, Column>>;

/**
 * A line for each certificate (RFC 4180), in the order of their ends. Lists are joined by blanks. Columns for what was asked
 * for beside come last.
 */
export function toCsv(
  { certificates, attachments, scannedAt }: Estate,
  findings: readonly Finding[],
  extras: ScanExtras = {},
): string {
  const attachmentsOf = groupBy(attachments, ({ certificateArn }) => certificateArn);
  const findingsOf = groupBy(findings, ({ subject }) => subject);
  const columns: Columns = {
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
    ...(extras.waivers && policyColumns(findingsOf)),
    ...(extras.costs && extras.costsOfEach && costColumns(extras.costs, extras.costsOfEach)),
  };
  const rows = [...certificates].sort(byEnd).map((each) => Object.values(columns).map((column) => column(each)));
  return [Object.keys(columns), ...rows].map((row) => row.map(quoted).join(",") + "\r\n").join("");
}

/** What the policy denies, waives and tells, each with its waiver. */
function policyColumns(findingsOf: ReadonlyMap<string, readonly Finding[]>): Columns {
  const told = (arn: string) => (findingsOf.get(arn) ?? []).filter(({ rule }) => rule === policyRule.id);
  return { policy: ({ arn }) => [...new Set(told(arn).map(({ message }) => message))].join("; ") };
}

/** Of a year. Empty where a price is not known, and of what is over or not issued yet. */
function costColumns({ currency }: Costs, costsOfEach: NonNullable<ScanExtras["costsOfEach"]>): Columns {
  const amount = (kind: "now" | "withAcm" | "withLetsEncrypt"): Column => {
    return ({ arn }) => {
      const cost = costsOfEach.get(arn)?.[kind];
      return cost === undefined || cost.unpriced > 0 ? undefined : (cost.prices + cost.labour).toFixed(2);
    };
  };
  return {
    cost_currency: () => currency,
    cost_now: amount("now"),
    cost_with_acm: amount("withAcm"),
    cost_with_lets_encrypt: amount("withLetsEncrypt"),
  };
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
