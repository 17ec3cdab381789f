/** What a look at the estate told of endpoints and certificates: a scan, or a run of drift-check. */
export interface Probe {
  readonly source: "scan" | "drift-check";
  readonly at: Date;
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
}

/** Whether clients accept what an endpoint serves at that time: what was valid at the look may have ended. */
export function isValidAt({ isValid, notAfter }: ProbedEndpoint, time: Date): boolean {
  return isValid && (notAfter === undefined || notAfter > time);
}

/** The latest look of each source, the oldest first. */
export function latestProbes(probes: readonly Probe[]): readonly Probe[] {
  const sorted = [...probes].sort((one, other) => one.at.getTime() - other.at.getTime());
  return [...new Map(sorted.map((probe) => [probe.source, probe])).values()].sort(
    (one, other) => one.at.getTime() - other.at.getTime(),
  );
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
