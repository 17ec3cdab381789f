import { parseDomainName } from "../../certificates/domain-name";
import { findPlaces } from "../../issuance/challenge-places";
import type { Engine } from "../../issuance/engine";
import type { ChallengeZone } from "../../issuance/challenge-zone";
import { mapLimited } from "../../platform/map-limited";
import { toAppError } from "../../platform/errors";
import type { PlannedRenewal } from "./renewal-plan";

export interface PreflightParts {
  readonly engine: Engine;
  readonly zones: readonly ChallengeZone[];
  readonly signal?: AbortSignal;
}

/** Questions to name servers and DNS services at once. */
const underWay = 8;

/** What can be known before an order is spent: whether there is a zone for each name, and whether we may write to it. */
export async function preflight(
  planned: readonly PlannedRenewal[],
  parts: PreflightParts,
): Promise<readonly PlannedRenewal[]> {
  return mapLimited(planned, underWay, async (each) => {
    if (each.action.kind !== "renew") return each;
    try {
      await checkNames(each.certificate.names, parts);
      return each;
    } catch (thrown) {
      const { code, message, hint } = toAppError(thrown);
      if (code === "aborted") throw thrown;
      return { ...each, action: { kind: "blocked", code, why: message, hint } };
    }
  });
}

/** Errors: `dns_zone_not_found`, `dns_conflict`, `dns_lookup`, and those of the DNS service that was asked. */
export async function checkNames(names: readonly string[], { engine, zones, signal }: PreflightParts): Promise<void> {
  const places = await findPlaces(names.map(parseDomainName), zones, engine.nameServers, signal);
  const records = engine.challengeRecords();
  for (const { zone, name } of new Map([...places.values()].map((place) => [place.name, place])).values())
    await records.checkAllowed(zone, name, signal);
}
