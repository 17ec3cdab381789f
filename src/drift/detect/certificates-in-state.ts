import type { RenewalPolicy } from "../../certificates/decide-renewal";
import { renewedType } from "../plan/certificate-types";
import type { HeldResource } from "../plan/plan";

/** A certificate as the state of a stack has it. */
export interface StateCertificate {
  readonly address: string;
  readonly arn: string;
  readonly names: readonly string[];
  /** Who renews it: the plan, ACM by itself, or whoever imported it. */
  readonly renewedBy: "plan" | "acm" | "importer";
  readonly issuer: string;
  /** Lower-case hex; the state of `aws_acm_certificate` has none. */
  readonly serial?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Of the resource. @default none */
  readonly policy: RenewalPolicy;
  /** Whether the CA has a say in when it is renewed. */
  readonly followsCa: boolean;
  /** When it was to be renewed, as known at the last apply. */
  readonly renewAt?: Date;
  /** PEM. */
  readonly chain?: string;
}

type Values = Readonly<Record<string, unknown>>;

/** The certificates of a stack, whoever renews them. Those that were never issued are left out. */
export function certificatesInState(held: readonly HeldResource[]): StateCertificate[] {
  return held.flatMap(({ address, type, values }) => {
    const { arn } = values;
    if (typeof arn !== "string" || arn === "") return [];
    if (type === renewedType) return [{ address, arn, ...ofOurs(values) }];
    return type === "aws_acm_certificate" ? [{ address, arn, ...ofAcm(values) }] : [];
  });
}

/** Attributes of `unexpired_certificate` (docs/reference/unexpired_certificate.md). */
function ofOurs(values: Values): Omit<StateCertificate, "address" | "arn"> {
  const { enabled, ari, days_before_expiry: days } = record(values.renewal);
  return {
    names: texts(values.domain_names),
    renewedBy: "plan",
    issuer: text(record(values.issuer).directory_url) ?? "",
    serial: text(values.serial),
    notBefore: moment(values.not_before),
    notAfter: moment(values.not_after),
    policy: { never: enabled === false, daysBeforeExpiry: typeof days === "number" ? days : undefined },
    followsCa: enabled !== false && ari !== false,
    renewAt: moment(values.renew_at),
    chain: text(values.certificate_chain),
  };
}

/** From then on ACM renews its certificates of 198 days (ACM user guide, "Managed certificate renewal"). */
const acmPolicy: RenewalPolicy = { daysBeforeExpiry: 45 };

/** Attributes of `aws_acm_certificate`; its type is AMAZON_ISSUED, PRIVATE or IMPORTED (ACM API, CertificateDetail). */
function ofAcm(values: Values): Omit<StateCertificate, "address" | "arn"> {
  const isImported = values.type === "IMPORTED";
  const names = [text(values.domain_name) ?? "", ...texts(values.subject_alternative_names)];
  return {
    names: [...new Set(names)].filter((name) => name !== ""),
    renewedBy: isImported ? "importer" : "acm",
    issuer: isImported ? "imported" : "acm",
    notBefore: moment(values.not_before),
    notAfter: moment(values.not_after),
    policy: isImported ? {} : acmPolicy,
    followsCa: false,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function moment(value: unknown): Date | undefined {
  const date = new Date(text(value) ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function record(value: unknown): Values {
  return typeof value === "object" && value !== null ? (value as Values) : {};
}
