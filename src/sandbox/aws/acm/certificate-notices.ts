/**
 * What ACM says of its certificates from day to day: a metric, and events (ACM user guide, "Supported CloudWatch
 * metrics", "Amazon EventBridge support for ACM").
 */
import type { ServiceEvent } from "../eventbridge/event-rules";
import type { CertificateRecord } from "./acm-state";

const dayMs = 86_400_000;

/** Days before the end from which on the end is told daily: of imported certificates and of public ones of ACM. */
const toldFrom = { imported: 45, issued: 30 } as const;

/** Days before the end at which ACM tries to renew once more and says what it waits for. */
const renewalAttempts = [30, 15, 3, 1];

/** DaysToExpiry: whole days that are left; none of a certificate that is not issued or has ended. */
export function daysToExpiry({ material }: CertificateRecord, now: Date): number | undefined {
  if (material === undefined || material.info.notAfter <= now) return undefined;
  return Math.floor((material.info.notAfter.getTime() - now.getTime()) / dayMs);
}

export interface NoticeFacts {
  readonly now: Date;
  readonly isInUse: boolean;
}

/** Remembers what it has said of the certificates of one region. */
export class CertificateNotices {
  /** What was said once: the end of a certificate, or an attempt to renew it. */
  private readonly said = new Set<string>();

  /** The events of one day. */
  eventsOf(record: CertificateRecord, facts: NoticeFacts): readonly ServiceEvent[] {
    if (record.material === undefined) return [];
    const days = daysToExpiry(record, facts.now);
    if (days === undefined)
      return record.issuance ? this.once(`${record.arn} ended`, () => expired(record, facts)) : [];
    const isNear = days <= (record.issuance ? toldFrom.issued : toldFrom.imported);
    return [
      ...(isNear ? [event(record, "ACM Certificate Approaching Expiration", { DaysToExpiry: days })] : []),
      ...this.renewalEvents(record, days, facts),
    ];
  }

  private renewalEvents(record: CertificateRecord, days: number, facts: NoticeFacts): readonly ServiceEvent[] {
    const renewal = record.issuance?.renewal;
    const attempt = renewalAttempts.filter((each) => days <= each).at(-1);
    if (renewal?.status !== "PENDING_VALIDATION" || attempt === undefined) return [];
    return this.once(`${record.arn} ${record.material?.info.serial ?? ""} ${attempt}`, () =>
      event(record, "ACM Certificate Renewal Action Required", {
        ...ofIssued(record, facts),
        RenewalStatusReason: renewal.reason ?? "PENDING_DOMAIN_VALIDATION",
        DaysToExpiry: days,
      }),
    );
  }

  private once(what: string, make: () => ServiceEvent): readonly ServiceEvent[] {
    if (this.said.has(what)) return [];
    this.said.add(what);
    return [make()];
  }
}

function expired(record: CertificateRecord, facts: NoticeFacts): ServiceEvent {
  return event(record, "ACM Certificate Expired", {
    ...ofIssued(record, facts),
    CertificateCreatedDate: record.createdAt.toISOString(),
  });
}

function ofIssued({ issuance, material }: CertificateRecord, { isInUse }: NoticeFacts) {
  return {
    CertificateType: "AMAZON_ISSUED",
    DomainValidationMethod: "DNS",
    CertificateExpirationDate: material?.info.notAfter.toISOString() ?? null,
    InUse: isInUse,
    Exported: issuance?.options.export === "ENABLED",
  };
}

function event(record: CertificateRecord, detailType: string, detail: ServiceEvent["detail"]): ServiceEvent {
  const [first = ""] = record.issuance?.request.names ?? record.material?.info.names ?? [];
  return {
    source: "aws.acm",
    "detail-type": detailType,
    resources: [record.arn],
    detail: { CommonName: first, FirstSubjectAlternativeName: first, ...detail },
  };
}
