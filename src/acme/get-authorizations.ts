import type { Client, Order } from "acme-client";
import { AppError } from "../platform/errors";
import type { AcmeAccount } from "./account";
import { parseAuthorization, type AcmeAuthorization } from "./authorization";
import type { AcmeCallOptions } from "./call";
import { namesForMessage, type AcmeOrder } from "./order";

/**
 * Every authorization of an order, in its order (RFC 8555 7.5). Those that are `valid` already need nothing more.
 * Errors: `acme_challenge_failed` if the CA offers no dns-01 for a name that is not proved yet; those of a request.
 */
export async function getAuthorizations(
  account: AcmeAccount,
  order: AcmeOrder,
  options: AcmeCallOptions = {},
): Promise<AcmeAuthorization[]> {
  const found = await Promise.all(order.authorizationUrls.map((url) => getAuthorization(account, order, url, options)));
  for (const { name, status, dns01 } of found)
    if (status === "pending" && dns01 === undefined)
      throw new AppError("acme_challenge_failed", `the CA offers no dns-01 challenge for ${name}`, {
        hint: "use a CA that validates by DNS",
        facts: { identifier: name },
      });
  return found;
}

async function getAuthorization(
  account: AcmeAccount,
  { names }: AcmeOrder,
  url: string,
  options: AcmeCallOptions,
): Promise<AcmeAuthorization> {
  const { value } = await account.call(
    `cannot read an authorization of the order for ${namesForMessage(names)}`,
    async (client) => {
      // The library reads nothing of the order but these URLs; one at a time, so that a retry repeats one alone.
      const [authorization] = await client.getAuthorizations({ authorizations: [url] } as Order);
      return withRecordValue(client, authorization, url);
    },
    options,
  );
  return value;
}

/** RFC 8555 8.1 and 8.4: the value is a digest over the token and the account key's thumbprint. */
async function withRecordValue(client: Client, document: unknown, url: string): Promise<AcmeAuthorization> {
  const { dns01, ...authorization } = parseAuthorization(document, url);
  if (dns01 === undefined) return authorization;
  const value = await client.getChallengeKeyAuthorization({ ...dns01, type: "dns-01" });
  return { ...authorization, dns01: { ...dns01, value } };
}
