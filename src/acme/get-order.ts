import type { Order } from "acme-client";
import type { AcmeAccount } from "./account";
import type { AcmeAnswer, AcmeCallOptions } from "./call";
import { parseOrder, type AcmeOrder } from "./order";

/** Reads an order by its URL: to go on with one that an earlier run began, or to see how it stands. */
export async function getOrder(account: AcmeAccount, url: string, options: AcmeCallOptions = {}): Promise<AcmeOrder> {
  return (await askForOrder(account, url, options)).value;
}

/** The same with the wait that the CA asks for. */
export async function askForOrder(
  account: AcmeAccount,
  url: string,
  options: AcmeCallOptions = {},
): Promise<AcmeAnswer<AcmeOrder>> {
  // The library takes an order and reads nothing of it but the URL.
  const { value, retryAfterMs } = await account.call(
    `cannot read order ${url}`,
    (client) => client.getOrder({ url } as Order),
    options,
  );
  return { value: parseOrder(value, url), retryAfterMs };
}
