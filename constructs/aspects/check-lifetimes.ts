import type { IConstruct } from "constructs";
import { lifetimesOf, profileLimits, profilesPage } from "../../src/certificates/lets-encrypt";
import { isUnknown } from "../is-unknown";
import { ManagedCertificate } from "../managed-certificate";
import type { Finding } from "./finding";

/** Days between two renewals below which a fixed count of days is worth a word. */
const fewDays = 7;

/** A fixed count of days before the end, beside how long certificates live now and from the days that are announced. */
export function checkLifetimes(node: IConstruct, now: Date): readonly Finding[] {
  if (!(node instanceof ManagedCertificate)) return [];
  const {
    issuer: { settings },
    renewal,
  } = node;
  if (settings.kind !== "acme") return [];
  if (renewal.enabled === false)
    return [
      {
        at: node,
        level: "warning",
        what: "nothing renews this certificate, and it ends",
        source: "CA/B Baseline Requirements 6.3.2",
        fix: "leave out renewal: { enabled: false } unless it is to end",
      },
    ];
  const days = renewal.daysBeforeExpiry;
  if (days === undefined || isUnknown(days)) return [];
  const isKnown = profileLimits(settings) !== undefined;
  const tooShort = lifetimesOf(settings, now).find(
    (rule) => rule.days <= days || (isKnown && rule.days > fewDays && rule.days - days < fewDays),
  );
  if (tooShort === undefined) return [];
  const when = new Date(tooShort.from) > now ? `from ${tooShort.from} on ` : "";
  const what = isKnown ? "its certificates live" : "public CAs give at most";
  const result =
    tooShort.days <= days
      ? "it has no meaning"
      : `a new one is ordered every ${Number((tooShort.days - days).toFixed(1))} days`;
  return [
    {
      at: node,
      level: "warning",
      what: `renewal: daysBeforeExpiry ${days}: ${when}${what} ${tooShort.days} days, so ${result}`,
      source: isKnown ? `${profilesPage}; announcement of 2025-12-02` : "CA/B Baseline Requirements 6.3.2",
      fix: "leave it out to follow the CA's advice (RFC 9773), or give fewer days",
    },
  ];
}
