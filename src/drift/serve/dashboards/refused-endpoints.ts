import { isValidAt, latestProbes, type Probe } from "../../../service-levels/probe";

/** What clients ask for, and do not get a certificate that they accept. */
export interface RefusedEndpoint {
  readonly endpoint: string;
  readonly owner: string;
  /** Of the first look that found it so without a break; or what was served ended then. */
  readonly since: Date;
}

/** By the latest look at each, and the clock. Longest first. */
export function refusedEndpoints(probes: readonly Probe[], now: Date): readonly RefusedEndpoint[] {
  const refused = new Map<string, RefusedEndpoint>();
  for (const { at, endpoints } of [...probes].sort((one, other) => one.at.getTime() - other.at.getTime()))
    for (const seen of endpoints) {
      const { endpoint, owner, isValid, notAfter } = seen;
      if (isValidAt(seen, now)) refused.delete(endpoint);
      else {
        const since = isValid ? (notAfter ?? at) : (refused.get(endpoint)?.since ?? at);
        refused.set(endpoint, { endpoint, owner, since });
      }
    }
  const still = new Set(latestProbes(probes).flatMap(({ endpoints }) => endpoints.map(({ endpoint }) => endpoint)));
  return [...refused.values()]
    .filter(({ endpoint }) => still.has(endpoint))
    .sort((one, other) => one.since.getTime() - other.since.getTime());
}
