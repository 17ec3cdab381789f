/** Who can revoke a certificate: the account at the CA that issued it (RFC 8555 7.6). */
import { certId, getRenewalInfo } from "../../acme/renewal-info";
import type { Engine } from "../../issuance/engine";
import { accountStoreFor } from "../../issuance/acme-accounts";
import { AppError, isAppError, toAppError } from "../../platform/errors";
import { noAccount, storedAccount } from "../account/known-account";
import type { ConfiguredIssuer } from "../config/config";
import { publicCaOf } from "../scan/ask-cas";
import type { LeafToRevoke } from "./leaf-to-revoke";

export interface Revoker {
  readonly issuer: ConfiguredIssuer;
  /** Why its account cannot be used as it is. */
  readonly missing?: AppError;
}

export interface FindRevokerParts {
  readonly issuers: readonly ConfiguredIssuer[];
  readonly engine: Engine;
  readonly signal?: AbortSignal;
}

/**
 * The configured issuer that issued the leaf: by the issuer's name where it is that of a well-known CA, else by asking
 * each whether it knows the certificate (RFC 9773 4.1). One without such information is taken where no other is left;
 * it will say itself. Errors: `certificate_not_revocable` where none can be it, and those of asking.
 */
export async function findRevoker(leaf: LeafToRevoke, parts: FindRevokerParts): Promise<Revoker> {
  const issuer = await issuerThatIssued(leaf, parts);
  if (issuer === undefined) throw notOurs(leaf, parts.issuers);
  const { engine } = parts;
  const isThere = (await storedAccount(engine, issuer)) !== undefined;
  return isThere
    ? { issuer }
    : { issuer, missing: noAccount(issuer, accountStoreFor(engine, issuer.directoryUrl).place) };
}

async function issuerThatIssued(
  leaf: LeafToRevoke,
  { issuers, engine, signal }: FindRevokerParts,
): Promise<ConfiguredIssuer | undefined> {
  const wellKnown = publicCaOf(leaf.info.issuer);
  if (wellKnown !== undefined) return issuers.find(({ directoryUrl }) => directoryUrl === wellKnown.directoryUrl);
  const perhaps: ConfiguredIssuer[] = [];
  for (const issuer of issuers) {
    const answer = await knows(leaf, issuer, engine, signal);
    if (answer === "yes") return issuer;
    if (answer === "cannot say") perhaps.push(issuer);
  }
  return perhaps.length === 1 ? perhaps[0] : undefined;
}

async function knows(
  { info: { authorityKeyId, serial } }: LeafToRevoke,
  issuer: ConfiguredIssuer,
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<"yes" | "no" | "cannot say"> {
  if (authorityKeyId === undefined) return "cannot say";
  try {
    const info = await getRenewalInfo(engine.connection(issuer), certId(authorityKeyId, serial), { signal });
    return info === undefined ? "cannot say" : "yes";
  } catch (error) {
    if (isAppError(error, "acme_problem") && Number(error.facts.status) < 500) return "no";
    throw toAppError(error);
  }
}

function notOurs({ issuerName }: LeafToRevoke, issuers: readonly ConfiguredIssuer[]): AppError {
  const wellKnown = publicCaOf(issuerName)?.directoryUrl;
  const names = issuers.map(({ name }) => name).join(", ") || "none is configured";
  return new AppError(
    "certificate_not_revocable",
    `${issuerName} issued it, which is no issuer of the configuration (${names})`,
    {
      hint:
        wellKnown === undefined
          ? `revoke it where it was bought or ordered; else report it to ${issuerName}, whose certificate policy names the address and which has 24 hours for a compromised key (Baseline Requirements 4.9.1.1)`
          : `configure it (directoryUrl: ${wellKnown}), with the account that ordered it in accountStore`,
    },
  );
}
