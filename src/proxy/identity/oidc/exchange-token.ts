import type { Clock } from "../../../platform/clock";
import { AppError } from "../../../platform/errors";
import type { Client, Policy } from "../../policy/policy";
import { deriveCredentials, type ClientCredentials, type MasterKey } from "../client-secret";
import { newShortLivedToken } from "../short-lived-token";
import { isInNetworks } from "../source-networks";
import { clientsOfBearer } from "./clients-of-bearer";
import type { IdTokenClaims } from "./verify-id-token";

/** How long credentials are good, in milliseconds: an order at a CA, with its waits for DNS, fits in. */
const lifetimeMs = 15 * 60_000;

export interface TokenRequest {
  readonly idToken: string;
  /** Needed where the rules of several clients match. */
  readonly client?: string;
  readonly remoteAddress: string;
}

export interface ShortLivedCredentials extends ClientCredentials {
  readonly client: string;
  readonly expires: Date;
  readonly issuer: string;
  readonly subject: string;
}

export interface TokenExchangeParts {
  readonly policy: Policy;
  readonly masterKey: MasterKey;
  /** See verify-id-token.ts. */
  readonly verify: (idToken: string) => Promise<IdTokenClaims>;
  readonly clock: Clock;
}

/**
 * EdgeGrid credentials for the client whose `oidc` rule the bearer of an ID token fulfils. Nothing is kept: the new
 * client token says whose it is and until when. Errors: `invalid_credentials` for a token that is not accepted,
 * `not_granted` if no client is the bearer's, `invalid_argument` if several are and none is named.
 */
export async function exchangeToken(
  { policy, masterKey, verify, clock }: TokenExchangeParts,
  { idToken, client: named, remoteAddress }: TokenRequest,
): Promise<ShortLivedCredentials> {
  const claims = await verify(idToken);
  const matching = clientsOfBearer(policy.clients, claims);
  const client = chooseClient(matching, named, claims);
  const now = clock.now();
  if (client.expires !== undefined && client.expires <= now)
    throw notGranted(`the client ${client.name} has expired`, claims);
  if (client.cidrs !== undefined && !isInNetworks(remoteAddress, client.cidrs))
    throw notGranted(`the client ${client.name} may not connect from this address`, claims);
  const latest = now.getTime() + lifetimeMs;
  const expires = new Date(Math.min(latest, client.expires?.getTime() ?? latest));
  const { name } = client;
  const derived = deriveCredentials(masterKey, newShortLivedToken({ client: name, expires }));
  return { ...derived, client: name, expires, issuer: claims.iss, subject: claims.sub };
}

function chooseClient(matching: readonly Client[], named: string | undefined, claims: IdTokenClaims): Client {
  const candidates = named === undefined ? matching : matching.filter(({ name }) => name === named);
  const [only, ...others] = candidates;
  if (only === undefined)
    throw notGranted(`no ${named === undefined ? "client's oidc rule" : `oidc rule of ${named}`} fits`, claims);
  if (others.length === 0) return only;
  const names = candidates.map(({ name }) => name).join(", ");
  throw new AppError("invalid_argument", `the rules of several clients fit (${names}): name one as "client"`);
}

function notGranted(why: string, { iss, sub }: IdTokenClaims): AppError {
  return new AppError("not_granted", `${why} (issuer ${iss}, subject ${sub})`);
}
