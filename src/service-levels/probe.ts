/** What a look at the estate told of endpoints and certificates: a scan, or a run of drift-check. */
export interface Probe {
  readonly source: "scan" | "drift-check";
  readonly at: Date;
  /** Accounts with their regions, `111122223333/eu-west-1`, where it looked; absent: everywhere its source looks. */
  readonly parts?: readonly string[];
  readonly endpoints: readonly ProbedEndpoint[];
  readonly certificates: readonly ProbedCertificate[];
}

/** Whose something is, as far as that is known; "" where it is not. */
export interface Whose {
  readonly owner: string;
  readonly tier: string;
}

/** Tells whose a certificate with these names is. */
export type FindWhose = (names: readonly string[]) => Partial<Whose>;

export interface ProbedEndpoint extends Whose {
  /** What clients ask for: `app.example.gov:443`. */
  readonly endpoint: string;
  /** Whether clients accepted what it served. */
  readonly isValid: boolean;
  /** The end of the first certificate that ends, of those it served. */
  readonly notAfter?: Date;
}

export interface ProbedCertificate extends Whose {
  /** Its ARN; where there is none, its address. */
  readonly certificate: string;
  readonly names: readonly string[];
  readonly region: string;
  readonly issuer: string;
  readonly notBefore?: Date;
  readonly notAfter: Date;
  /** Whether it is to be renewed, as far as the look told. */
  readonly isDue?: boolean;
}

/** Whether clients accept what an endpoint serves at that time: what was valid at the look may have ended. */
export function isValidAt({ isValid, notAfter }: ProbedEndpoint, time: Date): boolean {
  return isValid && (notAfter === undefined || notAfter > time);
}

/** The latest look of each source at each of its parts, the oldest first: two accounts may have a scan each. */
export function latestProbes(probes: readonly Probe[]): readonly Probe[] {
  const seen = new Map<Probe["source"], Set<string>>();
  const holds = ({ source, parts = [] }: Probe) => {
    const known = seen.get(source);
    seen.set(source, known ?? new Set());
    const isNew = known === undefined || parts.some((part) => !known.has(part));
    for (const part of parts) seen.get(source)?.add(part);
    return isNew;
  };
  const newestFirst = [...probes].sort((one, other) => other.at.getTime() - one.at.getTime());
  return newestFirst.filter(holds).reverse();
}

/** One for each: valid where all that answer to it are, until the first of them ends. */
export function mergeEndpoints(seen: readonly ProbedEndpoint[]): readonly ProbedEndpoint[] {
  const merged = new Map<string, ProbedEndpoint>();
  for (const each of seen) {
    const known = merged.get(each.endpoint);
    merged.set(each.endpoint, known === undefined ? each : worst(known, each));
  }
  return [...merged.values()];
}

function worst(one: ProbedEndpoint, other: ProbedEndpoint): ProbedEndpoint {
  const ends = [one.notAfter, other.notAfter].flatMap((end) => (end === undefined ? [] : [end.getTime()]));
  return {
    ...one,
    isValid: one.isValid && other.isValid,
    ...(ends.length > 0 && { notAfter: new Date(Math.min(...ends)) }),
  };
}
