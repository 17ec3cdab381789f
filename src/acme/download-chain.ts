import { X509Certificate } from "node:crypto";
import { crypto as libraryCrypto, type Order } from "acme-client";
import { AppError } from "../platform/errors";
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
  const certificates = certificatesOf(value, what);
  const isPreferred =
    preferredChain === undefined ||
    certificates.some((pem) => libraryCrypto.readCertificateInfo(pem).issuer.commonName === preferredChain);
  return { pem: value, isPreferred };
}

function certificatesOf(chain: unknown, what: string): string[] {
  const text = typeof chain === "string" ? chain : "";
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    for (const pem of certificates) new X509Certificate(pem);
  } catch (error) {
    throw new AppError("acme_chain", `${what}: the CA's answer holds a malformed certificate`, { cause: error });
  }
  if (certificates.length > 0) return certificates;
  throw new AppError("acme_chain", `${what}: the CA's answer is not a chain of certificates in PEM`);
}
