/** What the certificates of an estate cost in a year: as they are, and with ACM or Let's Encrypt in their place. Pure. */
import { fits } from "../../policy/judge-attachment";
import { groupBy, isDated, type Dated } from "../findings/estate-view";
import type { Estate } from "../scan/estate";
import type { Price, Prices } from "./prices-shape";

/** Of a year, in the currency of the prices. */
export interface Cost {
  readonly prices: number;
  /** Renewals by hand. */
  readonly labour: number;
  /** Certificates whose price nobody knows; they are in no sum. */
  readonly unpriced: number;
}

/** The same certificates, issued in three ways. */
export interface Compared {
  readonly certificates: number;
  readonly now: Cost;
  readonly withAcm: Cost;
  readonly withLetsEncrypt: Cost;
}

export interface Costs extends Compared {
  readonly currency: string;
  /** False: the prices do not say what a renewal by hand takes. */
  readonly countsLabour: boolean;
  /** By name; without one where the configuration names nobody. */
  readonly teams: readonly (Compared & { readonly team?: string })[];
  /** Issuers that no entry is for, most certificates first. */
  readonly unpricedIssuers: readonly { readonly issuer: string; readonly certificates: number }[];
}

const dayMs = 86_400_000;
const yearDays = 365;
const free: Cost = { prices: 0, labour: 0, unpriced: 0 };

/** Those that are issued and not over. One that nothing uses is paid for as well. */
export function estimateCosts(estate: Estate, prices: Prices): Costs {
  const priced = priceEach(estate, prices);
  const teams = groupBy(priced, ({ certificate }) => certificate.team?.name ?? "");
  const unpriced = groupBy(
    priced.filter(({ now }) => now.unpriced > 0),
    ({ certificate }) => certificate.issuer ?? "unknown",
  );
  return {
    ...{ currency: prices.currency, countsLabour: prices.labour !== undefined },
    ...sumOf(priced),
    teams: [...teams]
      .sort(([one], [other]) => (one === "" ? 1 : other === "" ? -1 : one < other ? -1 : 1))
      .map(([team, those]) => ({ ...(team !== "" && { team }), ...sumOf(those) })),
    unpricedIssuers: [...unpriced]
      .map(([issuer, those]) => ({ issuer, certificates: those.length }))
      .sort((one, other) => other.certificates - one.certificates || (one.issuer < other.issuer ? -1 : 1)),
  };
}

/** The same, of each by itself: by ARN. */
export function costsOfEach(estate: Estate, prices: Prices): ReadonlyMap<string, Compared> {
  return new Map(priceEach(estate, prices).map((each) => [each.certificate.arn, sumOf([each])]));
}

interface Priced extends Omit<Compared, "certificates"> {
  readonly certificate: Dated;
}

function priceEach({ certificates, attachments, scannedAt }: Estate, prices: Prices): Priced[] {
  const attached = new Set(attachments.map(({ certificateArn }) => certificateArn));
  return certificates
    .filter(isDated)
    .filter(({ notAfter }) => notAfter > scannedAt)
    .map((certificate) => {
      const isServedByAws = attached.has(certificate.arn) || certificate.inUseBy.length > 0;
      return { certificate, ...compare(certificate, isServedByAws, prices) };
    });
}

function compare(certificate: Dated, isServedByAws: boolean, prices: Prices): Omit<Compared, "certificates"> {
  const { origin, issuer = "", owner } = certificate;
  const entry = prices.issuers.find((each) => fits(each.issuer.toLowerCase(), issuer.toLowerCase()));
  // by ACM, or by who else renews it, nobody spends time on it (docs/guides/costs.md)
  const labour = owner === "nobody" ? labourOf(certificate, prices) : 0;
  const now = { ...(origin === "amazon-issued" ? free : costOf(certificate, entry)), labour };
  // a private CA's names, and what its clients trust, are nothing that a public one could take over
  if (origin === "private-ca" || entry?.replaceable === false) return { now, withAcm: now, withLetsEncrypt: now };
  const withAcm = isServedByAws || origin === "amazon-issued" ? free : costOf(certificate, prices.acm.exportable);
  return { now, withAcm, withLetsEncrypt: free };
}

function costOf(certificate: Dated, price: Price | undefined): Cost {
  if (price === undefined) return { ...free, unpriced: 1 };
  const wildcards = certificate.names.filter((name) => name.startsWith("*.")).length;
  const names = certificate.names.length - wildcards;
  // a wildcard that has no price of its own is a name like others
  const ofWildcards = wildcards * (price.wildcard ?? price.name ?? 0);
  const once = (price.certificate ?? 0) + names * (price.name ?? 0) + ofWildcards;
  return { ...free, prices: price.per === "year" ? once : once * issuancesPerYear(certificate) };
}

function labourOf(certificate: Dated, { labour }: Prices): number {
  if (labour === undefined) return 0;
  return issuancesPerYear(certificate) * (labour.minutesPerRenewal / 60) * labour.hourlyRate;
}

/** At its end, not before: what renewals come to that are put off as long as they can be. */
function issuancesPerYear({ notBefore, notAfter }: Dated): number {
  return (yearDays * dayMs) / (notAfter.getTime() - notBefore.getTime());
}

function sumOf(those: readonly Omit<Compared, "certificates">[]): Compared {
  const add = (costs: readonly Cost[]) =>
    costs.reduce<Cost>(
      (sum, { prices, labour, unpriced }) => ({
        prices: sum.prices + prices,
        labour: sum.labour + labour,
        unpriced: sum.unpriced + unpriced,
      }),
      free,
    );
  const [now, withAcm, withLetsEncrypt] = (["now", "withAcm", "withLetsEncrypt"] as const).map((key) =>
    add(those.map((each) => each[key])),
  );
  return {
    certificates: those.length,
    ...{ now: inCents(now), withAcm: inCents(withAcm), withLetsEncrypt: inCents(withLetsEncrypt) },
  };
}

function inCents({ prices, labour, unpriced }: Cost = free): Cost {
  const rounded = (amount: number) => Math.round(amount * 100) / 100;
  return { prices: rounded(prices), labour: rounded(labour), unpriced };
}
