import type { DomainName } from "../certificates/domain-name";
import { AppError } from "../platform/errors";
import type { AcmeAccount } from "./account";
import type { AcmeCallOptions } from "./call";
import { namesForMessage, parseOrder, type AcmeOrder } from "./order";

export interface CreateOrderOptions extends AcmeCallOptions {
  readonly names: readonly DomainName[];
  /** One of the profiles in the CA's directory. @default the CA's default */
  readonly profile?: string;
  /** certID (see `certId`) of the certificate that this order renews. @default none */
  readonly replaces?: string;
}

/**
 * Orders a certificate (RFC 8555 7.4). `replaces` is sent only to a CA with renewal information (RFC 9773 5).
 *
 * Errors: `acme_rate_limited`; `acme_already_replaced` if another order replaced that certificate already (order once
 * more without `replaces`); `acme_account`; `invalid_argument` for a profile that the CA does not offer;
 * `acme_problem`, with a subproblem for each name the CA refuses.
 */
export async function createOrder(account: AcmeAccount, options: CreateOrderOptions): Promise<AcmeOrder> {
  const { names, profile, replaces } = options;
  const { profiles, renewalInfoUrl, url: directoryUrl } = await account.connection.directory(options.signal);
  if (profile !== undefined && !Object.hasOwn(profiles, profile)) {
    const offered = Object.keys(profiles);
    throw new AppError("invalid_argument", `${directoryUrl} has no certificate profile "${profile}"`, {
      hint: offered.length === 0 ? "this CA has no profiles: leave it out" : `use one of ${offered.join(", ")}`,
    });
  }
  const request = {
    identifiers: names.map((value) => ({ type: "dns", value })),
    ...(profile === undefined ? {} : { profile }),
    ...(replaces === undefined || renewalInfoUrl === undefined ? {} : { replaces }),
  };
  const what = `cannot create the order for ${namesForMessage(names)}`;
  const { value } = await account.call(what, (client) => client.createOrder(request), options);
  return parseOrder(value, value.url);
}
