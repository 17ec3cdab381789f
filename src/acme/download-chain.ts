import { crypto as libraryCrypto, type Order } from "acme-client";
import { AppError, messageOf } from "../platform/errors";
import type { AcmeAccount } from "./account";
import type { AcmeCallOptions } from "./call";
import { namesForMessage, type AcmeOrder } from "./order";

export interface DownloadChainOptions extends AcmeCallOptions {
  /** Common name of an issuer; the chain wanted is the one with a certificate issued by it. @default the CA's choice */
  readonly preferredChain?: string;
}

export interface DownloadedChain {
  /** Leaf first, then its issuers, PEM (RFC 8555 7.4.2). */
  readonly pem: string;
  /** Issuer common name of each certificate in it. */
  readonly issuers: readonly string[];
  /** Whether it is a chain that was asked for; false if the CA offers none such and this is its default. */
  readonly isPreferred: boolean;
}

/**
 * Downloads the certificate of a valid order with its chain, and the alternate chains where one is preferred. Where
 * several chains fit, the one in which the issuer stands nearest to the root wins.
 * Errors: `acme_chain` for an answer that is no chain, those of a request.
 */
export async function downloadChain(
  account: AcmeAccount,
  order: AcmeOrder,
  options: DownloadChainOptions = {},
): Promise<DownloadedChain> {
  const { preferredChain } = options;
  const names = namesForMessage(order.names);
  const what = `cannot download the certificate for ${names}`;
  if (order.certificateUrl === undefined)
    throw new AppError("acme_chain", `${what}: the order is ${order.status} and has none`);
  const wanted = { url: order.url, status: order.status, certificate: order.certificateUrl } as Order;
  const { value } = await account.call(what, (client) => client.getCertificate(wanted, preferredChain), options);
  const issuers = issuersOf(value, what);
  return { pem: value, issuers, isPreferred: preferredChain === undefined || issuers.includes(preferredChain) };
}

function issuersOf(chain: unknown, what: string): string[] {
  try {
    const certificates = typeof chain === "string" ? libraryCrypto.splitPemChain(chain) : [];
    if (certificates.length > 0)
      return certificates.map((pem) => libraryCrypto.readCertificateInfo(pem).issuer.commonName ?? "");
  } catch (error) {
    throw new AppError("acme_chain", `${what}: ${messageOf(error)}`, { cause: error });
  }
  throw new AppError("acme_chain", `${what}: the CA's answer is not a chain of certificates in PEM`);
}
