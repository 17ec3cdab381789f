import { isAppError } from "../platform/errors";
import type { AcmeAccount } from "./account";
import { parseAuthorization, type AcmeAuthorization } from "./authorization";
import type { AcmeCallOptions } from "./call";

/**
 * Tells the CA that the TXT records stand, for all pending authorizations together (RFC 8555 7.5.1); others are passed
 * over. Call it once every authoritative server answers with every value: a CA that looks too early fails the order.
 */
export async function answerChallenges(
  account: AcmeAccount,
  authorizations: readonly AcmeAuthorization[],
  options: AcmeCallOptions = {},
): Promise<void> {
  const pending = authorizations.filter(({ status, dns01 }) => status === "pending" && dns01?.status === "pending");
  await Promise.all(pending.map((authorization) => answerChallenge(account, authorization, options)));
}

async function answerChallenge(
  account: AcmeAccount,
  authorization: AcmeAuthorization,
  options: AcmeCallOptions,
): Promise<void> {
  const { dns01, name, url } = authorization;
  if (dns01 === undefined) return;
  const what = `cannot answer the challenge for ${name}`;
  try {
    await account.call(what, (client) => client.completeChallenge({ ...dns01, type: "dns-01" }), options);
  } catch (error) {
    // A try whose answer was lost may have begun the validation; the CA then refuses to begin it again.
    if (!isAppError(error, "acme_problem") || error.retryable || (await isPending(account, url, options))) throw error;
  }
}

async function isPending(account: AcmeAccount, url: string, options: AcmeCallOptions): Promise<boolean> {
  const { value } = await account.call(
    `cannot read authorization ${url}`,
    (client) => client.getAuthorizations({ authorizations: [url] } as Parameters<typeof client.getAuthorizations>[0]),
    options,
  );
  const { status, dns01 } = parseAuthorization(value[0], url);
  return status === "pending" && dns01?.status === "pending";
}
