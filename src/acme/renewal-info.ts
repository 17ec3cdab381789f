/** Renewal information of a certificate (RFC 9773). Loads nothing but HTTP: it runs at every refresh. */
import { AppError } from "../platform/errors";
import { retryAfterMs } from "../platform/retry-after";
import { boundedSignal, type AcmeCallOptions } from "./call";
import type { AcmeConnection } from "./connection";
import { jsonDate, jsonObject, jsonUrl, parseJson } from "./json";
import { errorOfResponse } from "./problem";

export interface RenewalInfo {
  /** When the CA suggests to renew. `start` is before `end`. */
  readonly window: { readonly start: Date; readonly end: Date };
  /** A page for people on why the window is what it is. */
  readonly explanationUrl?: string;
  /** When to ask again, from now: at least a minute, at most a day. */
  readonly retryAfterMs: number;
}

const minuteMs = 60_000;
const hourMs = 3600_000;

/** RFC 9773 4.3.3: where there is no word from the CA, ask again after six hours. */
export const defaultRetryAfterMs = 6 * hourMs;

/**
 * The certID of a certificate, by which the CA knows it (RFC 9773 4.1): key identifier of its authority key identifier
 * extension, and the content octets of its serial as DER encodes it, a leading zero octet included. Both in hex.
 */
export function certId(authorityKeyIdHex: string, serialHex: string): string {
  const part = (what: string, hex: string) => {
    if (!/^([0-9a-f]{2})+$/i.test(hex))
      throw new AppError("invalid_argument", `${what} "${hex}" is not hex with two digits per octet`);
    return Buffer.from(hex, "hex").toString("base64url");
  };
  return `${part("authority key identifier", authorityKeyIdHex)}.${part("serial", serialHex)}`;
}

/**
 * Asks the CA when to renew (RFC 9773 4.2), once; undefined if it has no renewal information.
 *
 * Errors: `acme_problem`, `acme_rate_limited`, `acme_directory`, `network`, `timeout` (after 15 s, unless another limit
 * is given). Whatever the error, the certificate's own lifetime decides then; ask again after the error's
 * `retryAfterMs`, else after `defaultRetryAfterMs`.
 */
export async function getRenewalInfo(
  connection: AcmeConnection,
  id: string,
  options: AcmeCallOptions = {},
): Promise<RenewalInfo | undefined> {
  const signal = boundedSignal({ signal: options.signal, timeoutMs: options.timeoutMs ?? 15_000 });
  const { renewalInfoUrl } = await connection.directory(signal);
  if (renewalInfoUrl === undefined) return undefined;
  const url = `${renewalInfoUrl.replace(/\/$/, "")}/${id}`;
  const headers = { accept: "application/json" };
  const response = await connection.send({ method: "GET", url, headers, signal });
  const now = connection.clock.now();
  const what = `cannot read the renewal information of certificate ${id}`;
  if (response.status !== 200) throw errorOfResponse(what, response, now);
  const document = jsonObject(parseJson(response.body));
  const window = jsonObject(document?.suggestedWindow);
  const start = jsonDate(window?.start);
  const end = jsonDate(window?.end);
  // 4.2: an end that is not after the start makes the whole answer void.
  if (start === undefined || end === undefined || end <= start)
    throw new AppError("acme_problem", `${what}: the answer has no window with a start before its end`, {
      facts: { url },
    });
  const explanationUrl = jsonUrl(document?.explanationURL);
  const asked = retryAfterMs(response.headers["retry-after"], now) ?? defaultRetryAfterMs;
  return {
    window: { start, end },
    ...(explanationUrl === undefined ? {} : { explanationUrl }),
    // 4.3.2: a client sets limits of its own; the RFC's examples are a minute and a day.
    retryAfterMs: Math.min(Math.max(asked, minuteMs), 24 * hourMs),
  };
}
