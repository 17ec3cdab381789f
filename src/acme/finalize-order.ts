import type { Order } from "acme-client";
import { AppError, isAppError } from "../platform/errors";
import type { AcmeAccount } from "./account";
import type { AcmeAnswer } from "./call";
import { askForOrder } from "./get-order";
import { namesForMessage, parseOrder, type AcmeOrder } from "./order";
import { poll, type PollOptions } from "./poll";
import { failureOf } from "./wait-until-ready";

/**
 * Hands in the certificate request (PKCS#10 DER) of a ready order and waits until the certificate is made; CAs may take
 * their time and say `processing` meanwhile (RFC 8555 7.4). Gives the valid order.
 *
 * Errors: `acme_order_invalid`, `acme_challenge_failed`, `acme_problem` (badCSR …), `acme_rate_limited`, `timeout`.
 */
export async function finalizeOrder(
  account: AcmeAccount,
  order: AcmeOrder,
  csr: Buffer,
  options: PollOptions = {},
): Promise<AcmeOrder> {
  const names = namesForMessage(order.names);
  const settled = await poll(
    account.connection,
    {
      what: `the CA has not made the certificate for ${names}`,
      first: await handIn(account, order, csr, options),
      ask: (signal) => askForOrder(account, order.url, { signal }),
      isDone: ({ status }) => status === "valid" || status === "invalid",
    },
    options,
  );
  if (settled.status === "invalid") throw await failureOf(account, settled, options);
  return settled;
}

async function handIn(
  account: AcmeAccount,
  order: AcmeOrder,
  csr: Buffer,
  { signal, timeoutMs }: PollOptions,
): Promise<AcmeAnswer<AcmeOrder>> {
  const what = `cannot finalize the order for ${namesForMessage(order.names)}`;
  const target = { url: order.url, finalize: order.finalizeUrl } as Order;
  try {
    const answer = await account.call(what, (client) => client.finalizeOrder(target, pemOf(csr)), {
      signal,
      timeoutMs,
    });
    return { ...answer, value: parseOrder(answer.value, order.url) };
  } catch (error) {
    // A try whose answer was lost may have been accepted; the CA then says that the order is not ready (any more).
    if (!isAppError(error, "acme_problem") || error.facts.type !== "orderNotReady") throw error;
    const current = await askForOrder(account, order.url, { signal });
    if (current.value.status !== "processing" && current.value.status !== "valid") throw notReady(what, error);
    return current;
  }
}

function notReady(what: string, cause: AppError): AppError {
  return new AppError("acme_order_invalid", `${what}: the CA has not validated every name yet, or gave the order up`, {
    facts: cause.facts,
    cause,
  });
}

function pemOf(csr: Buffer): string {
  const lines = csr.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE REQUEST-----", ...lines, "-----END CERTIFICATE REQUEST-----", ""].join("\n");
}
