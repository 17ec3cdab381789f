/** Whether the CA's own list names a certificate as revoked (RFC 5280 5), the means that every public CA has. */
import { lookUpInRevocationList } from "../certificates/revocation-list";
import { revocationListUrls } from "../certificates/revocation-list-urls";
import type { Clock } from "../platform/clock";
import { messageOf } from "../platform/errors";
import type { HttpClient } from "../platform/http";
import { nameOfReason } from "./revocation-reason";

export type ListedRevocation =
  | { readonly state: "listed"; readonly at: Date; readonly reason: string; readonly url: string }
  /** A CA has 24 hours to publish a new list (Baseline Requirements 4.9.7). */
  | { readonly state: "not listed yet"; readonly url: string }
  | { readonly state: "unknown"; readonly why: string };

export interface RevokedCertificate {
  /** PEM. */
  readonly leaf: string;
  /** PEM of its issuer, which must have signed the list; undefined where it is not known. */
  readonly issuer?: string;
  /** Hex of the DER INTEGER. */
  readonly serial: string;
}

export interface LookUpParts {
  /** Its answers may be as long as the lists of public CAs are. */
  readonly http: Pick<HttpClient, "send">;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** Asks the first of its lists that answers. Never throws: what cannot be read is "unknown". */
export async function lookUpRevocation(
  { leaf, issuer, serial }: RevokedCertificate,
  { http, clock, signal }: LookUpParts,
): Promise<ListedRevocation> {
  const urls = revocationListUrls(leaf);
  if (urls.length === 0) return { state: "unknown", why: "the certificate names no list of revoked certificates" };
  if (issuer === undefined)
    return { state: "unknown", why: "the certificate of its CA is not known, so that no list can be checked" };
  const failures: string[] = [];
  for (const url of urls)
    try {
      const answer = await http.send({ method: "GET", url, encoding: "latin1", signal });
      if (answer.status !== 200) throw new Error(`HTTP status ${answer.status}`);
      const found = lookUpInRevocationList(Buffer.from(answer.body, "latin1"), issuer, serial);
      const { revoked, nextUpdate } = found;
      if (revoked !== undefined)
        return { state: "listed", at: revoked.at, reason: nameOfReason(revoked.reasonCode), url };
      if (nextUpdate === undefined || nextUpdate > clock.now()) return { state: "not listed yet", url };
      failures.push(`${url}: it was to be renewed on ${nextUpdate.toISOString()}`);
    } catch (error) {
      failures.push(`${url}: ${messageOf(error)}`);
    }
  return { state: "unknown", why: failures.join("; ") };
}
