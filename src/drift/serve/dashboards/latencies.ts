import type { LedgerLine } from "../../../ledger/ledger-line";
import { Latest } from "./latest";

/** More would make the numbers no truer. */
const most = 500;

/** How long issuances of one CA took, in seconds. */
export interface IssuerLatency {
  /** Host of its directory; "" where that is not on record. */
  readonly issuer: string;
  /** The latest, so many. */
  readonly count: number;
  /** For name servers and the CA. */
  readonly waiting: Spread;
  readonly working: Spread;
}

export interface Spread {
  readonly half: number;
  readonly most: number;
}

/** The latest issuances of each CA. */
export class Latencies {
  private readonly byIssuer = new Map<string, Latest<{ readonly waiting: number; readonly working: number }>>();

  add({ event, outcome, facts = {} }: LedgerLine): void {
    const { issuer = "", waitingSeconds: waiting, workingSeconds: working } = facts;
    if (event !== "certificate.issued" || outcome !== "done") return;
    if (typeof waiting !== "number" || typeof working !== "number") return;
    const latest = this.byIssuer.get(String(issuer)) ?? new Latest(most);
    this.byIssuer.set(String(issuer), latest);
    latest.add({ waiting, working });
  }

  /** In the order of their names. */
  get all(): readonly IssuerLatency[] {
    return [...this.byIssuer]
      .map(([issuer, { items }]) => ({
        ...{ issuer, count: items.length },
        waiting: spreadOf(items.map(({ waiting }) => waiting)),
        working: spreadOf(items.map(({ working }) => working)),
      }))
      .sort((left, right) => (left.issuer < right.issuer ? -1 : 1));
  }
}

/** The median, and what 95 of 100 stay within (nearest rank). */
function spreadOf(values: number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { half: rank(0.5), most: rank(0.95) };
}
