/** Where the values of challenges have to be written. */
import type { AcmeAuthorization, Dns01Challenge } from "../acme/authorization";
import { challengeName, type DomainName } from "../certificates/domain-name";
import { zoneForName } from "../dns/zone-for-name";
import { AppError } from "../platform/errors";
import { challengeTarget } from "../resolver/challenge-target";
import type { NameServers } from "../resolver/name-servers";
import type { ChallengeZone } from "./challenge-zone";

/** A name in a zone of ours: the challenge name itself, or the end of the CNAMEs that start there. */
export interface ChallengePlace {
  readonly zone: ChallengeZone;
  readonly name: string;
}

/** A place with all that is written there together: apex and wildcard share one. */
export interface ChallengeSet extends ChallengePlace {
  readonly challenges: readonly Dns01Challenge[];
}

/**
 * Finds the place for each challenge name of these names. Errors: `dns_zone_not_found`,
 * `dns_conflict`, `dns_lookup`, `invalid_config`.
 */
export async function findPlaces(
  names: readonly DomainName[],
  zones: readonly ChallengeZone[],
  nameServers: Pick<NameServers, "cnameOf">,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ChallengePlace>> {
  const challengeNames = [...new Set(names.map(challengeName))];
  const places = await Promise.all(
    challengeNames.map(async (name) => [name, await findPlace(name, zones, nameServers, signal)] as const),
  );
  return new Map(places);
}

async function findPlace(
  challenge: string,
  zones: readonly ChallengeZone[],
  nameServers: Pick<NameServers, "cnameOf">,
  signal: AbortSignal | undefined,
): Promise<ChallengePlace> {
  const name = await challengeTarget(challenge, nameServers, signal);
  const zoneNames = zones.map((each) => each.name);
  const zoneName = zoneForName(name, zoneNames);
  const [zone, ...others] = zones.filter((each) => each.name === zoneName);
  if (zone !== undefined && others.length > 0) throw severalZones([zone, ...others]);
  if (zone !== undefined) return { zone, name };
  const where = name === challenge ? name : `${name}, to which ${challenge} points,`;
  throw new AppError("dns_zone_not_found", `${where} is in none of the zones ${zoneNames.join(", ")}`, {
    hint: "add the zone that holds it, or correct the name",
    facts: { name },
  });
}

/** Which of them the CA asks is known to whoever delegated the name, and not to us. */
function severalZones(zones: readonly ChallengeZone[]): AppError {
  const [{ name } = { name: "" }] = zones;
  const places = zones.map((zone) => (zone.type === "route53" ? `hosted zone ${zone.id} of Route 53` : "Edge DNS"));
  return new AppError("invalid_config", `zone ${name} is given ${zones.length} times: ${places.join(", ")}`, {
    hint: "leave the one to which the name servers of its parent zone point",
    facts: { zone: name, places },
  });
}

/** The challenges still to be met, by the place of their values. */
export function groupChallenges(
  authorizations: readonly AcmeAuthorization[],
  places: ReadonlyMap<string, ChallengePlace>,
): ChallengeSet[] {
  const sets = new Map<string, { place: ChallengePlace; challenges: Dns01Challenge[] }>();
  for (const { status, dns01 } of authorizations) {
    const place = dns01 && places.get(dns01.recordName);
    if (status !== "pending" || dns01 === undefined || place === undefined) continue;
    const set = sets.get(place.name) ?? { place, challenges: [] };
    set.challenges.push(dns01);
    sets.set(place.name, set);
  }
  return [...sets.values()].map(({ place, challenges }) => ({ ...place, challenges }));
}
