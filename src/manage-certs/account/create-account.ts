import { accountOf } from "../../issuance/acme-accounts";
import type { Engine } from "../../issuance/engine";
import type { ConfiguredIssuer } from "../config/config";
import { knownAccount, storedAccount, type KnownAccount } from "./known-account";

/** Makes the account of an issuer unless it is there. Errors: those of `openAccount`. */
export async function createAccount(
  engine: Engine,
  issuer: ConfiguredIssuer,
  signal?: AbortSignal,
): Promise<{ readonly account: KnownAccount; readonly wasThere: boolean }> {
  // a key without its URL is the rest of a run that ended before the CA's answer, or was put there by hand
  const wasThere = (await storedAccount(engine, issuer))?.accountUrl !== undefined;
  await accountOf(engine, issuer, signal);
  return { account: await knownAccount(engine, issuer, signal), wasThere };
}
