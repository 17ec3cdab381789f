import { matchesHost, parseDomainName } from "../../certificates/domain-name";
import type { KeyAlgorithm } from "../../certificates/key-algorithm";
import type { ServedCertificate, ServedListener } from "./served-listener";

/**
 * The certificate that a load balancer shows to a client (ALB user guide, "SSL certificates"; NLB user guide, "Server
 * certificates"). A name that matches one certificate of the list gets that one, though the default may match as well:
 * so an old default that stayed in the list goes on being served. Among several: ECDSA before RSA, valid before
 * expired, the larger key, the longer validity. No name, or no match: the default.
 */
export function selectCertificate(
  { defaultCertificate, sniCertificates }: ServedListener,
  serverName: string | undefined,
  now: Date,
): ServedCertificate {
  const matching = sniCertificates.filter(
    (certificate) => serverName !== undefined && matches(certificate, serverName),
  );
  const [best] = matching.sort((one, other) => compare(rank(one, now), rank(other, now)));
  return best ?? defaultCertificate;
}

function matches({ info }: ServedCertificate, serverName: string): boolean {
  try {
    const host = parseDomainName(serverName);
    return info.names.some((pattern) => matchesHost(pattern, host));
  } catch {
    return false;
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
function rank({ info }: ServedCertificate, now: Date): readonly number[] {
  return [
    info.keyAlgorithm.startsWith("EC_") ? 1 : 0,
    info.notAfter > now ? 1 : 0,
    keyBits[info.keyAlgorithm],
    info.notAfter.getTime() - info.notBefore.getTime(),
  ];
}

/** Negative if `one` ranks higher; sorting keeps the order of equals. */
function compare(one: readonly number[], other: readonly number[]): number {
  const place = one.findIndex((value, index) => value !== other[index]);
  return place < 0 ? 0 : (other[place] ?? 0) - (one[place] ?? 0);
}
