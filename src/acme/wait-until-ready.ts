import { AppError } from "../platform/errors";
import type { AcmeAccount } from "./account";
import type { AcmeAuthorization } from "./authorization";
import { getAuthorizations } from "./get-authorizations";
import { askForOrder } from "./get-order";
import { namesForMessage, type AcmeOrder } from "./order";
import { poll, type PollOptions } from "./poll";
import { describeProblem } from "./problem";

/**
 * Waits until the CA has validated every name (RFC 8555 7.1.6: the order leaves `pending`). It asks for the order, not
 * for each authorization, so that many names cost no more than one.
 *
 * Errors: `acme_challenge_failed`, which names each identifier with the CA's detail; `acme_order_invalid`; `timeout`.
 */
export async function waitUntilReady(
  account: AcmeAccount,
  order: AcmeOrder,
  options: PollOptions = {},
): Promise<AcmeOrder> {
  const settled = await poll(
    account.connection,
    {
      what: `the CA has not validated ${namesForMessage(order.names)}`,
      first: order.status === "pending" ? undefined : { value: order },
      ask: (signal) => askForOrder(account, order.url, { signal }),
      isDone: ({ status }) => status !== "pending",
    },
    options,
  );
  if (settled.status === "invalid") throw await failureOf(account, settled, options);
  return settled;
}

/** Why an order is invalid, as error: the challenges that failed, else what the order says. */
export async function failureOf(
  account: AcmeAccount,
  order: AcmeOrder,
  { signal }: Pick<PollOptions, "signal"> = {},
): Promise<AppError> {
  const authorizations = await getAuthorizations(account, order, { signal });
  const failed = authorizations.filter(({ status }) => status === "invalid");
  const [first] = failed;
  if (first !== undefined)
    return new AppError(
      "acme_challenge_failed",
      `the CA could not validate ${failed.map(describeFailure).join("; ")}`,
      {
        hint: "see that the TXT record reaches every authoritative name server, and that no CAA record forbids this CA",
        facts: {
          orderUrl: order.url,
          identifier: first.name,
          ...first.error,
          failures: failed.map(({ name, error }) => ({ identifier: name, ...error })),
        },
      },
    );
  const why = order.error === undefined ? "the CA gives no reason" : describeProblem(order.error);
  return new AppError("acme_order_invalid", `the order for ${namesForMessage(order.names)} is invalid: ${why}`, {
    hint: "order again once the reason is dealt with",
    facts: { orderUrl: order.url, ...order.error },
  });
}

function describeFailure({ name, error }: AcmeAuthorization): string {
  return `${name}: ${error === undefined ? "no reason given" : describeProblem(error)}`;
}
