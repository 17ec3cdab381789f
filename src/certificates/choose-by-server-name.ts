import type { CertificateInfo } from "./certificate-info";
import { matchesHost, parseDomainName, type DomainName } from "./domain-name";
import type { KeyAlgorithm } from "./key-algorithm";

/** What the choice depends on. Names may be as somebody wrote them: what is no DNS name matches nothing. */
export interface ChoiceFacts extends Pick<CertificateInfo, "notBefore" | "notAfter"> {
  readonly names: readonly string[];
  readonly keyAlgorithm?: KeyAlgorithm;
}

/**
 * The certificate of a listener's list that a load balancer shows to a client which sends this name, and takes every
 * kind of key; undefined where none matches, and the default is shown (ALB user guide, "SSL certificates"; NLB user
 * guide, "Server certificates"). The default does not compete: a name that matches one of the list gets that one though
 * the default may match as well. Among several: ECDSA before RSA, valid before expired, the larger key, the longer
 * validity; of equals the first.
 */
export function chooseByServerName<T extends ChoiceFacts>(
  list: readonly T[],
  serverName: string,
  now: Date,
): T | undefined {
  const host = asDomainName(serverName);
  const matching = list.filter(({ names }) => host !== undefined && names.some((name) => covers(name, host)));
  const [best] = matching.sort((one, other) => compare(rank(one, now), rank(other, now)));
  return best;
}

function covers(name: string, host: DomainName): boolean {
  const pattern = asDomainName(name);
  return pattern !== undefined && matchesHost(pattern, host);
}

function asDomainName(text: string): DomainName | undefined {
  try {
    return parseDomainName(text);
  } catch {
    return undefined;
  }
}

const keyBits: Readonly<Record<KeyAlgorithm, number>> = {
  RSA_1024: 1024,
  RSA_2048: 2048,
  RSA_3072: 3072,
  RSA_4096: 4096,
  EC_prime256v1: 256,
  EC_secp384r1: 384,
  EC_secp521r1: 521,
};

/** Larger is better, the first place first. */
function rank({ keyAlgorithm, notBefore, notAfter }: ChoiceFacts, now: Date): readonly number[] {
  return [
    keyAlgorithm?.startsWith("EC_") ? 1 : 0,
    notAfter > now ? 1 : 0,
    keyAlgorithm === undefined ? 0 : keyBits[keyAlgorithm],
    notAfter.getTime() - notBefore.getTime(),
  ];
}

/** Negative if `one` ranks higher; sorting keeps the order of equals. */
function compare(one: readonly number[], other: readonly number[]): number {
  const place = one.findIndex((value, index) => value !== other[index]);
  return place < 0 ? 0 : (other[place] ?? 0) - (one[place] ?? 0);
}
