import { createHmac } from "node:crypto";
import type { Clock, Sleep } from "../../platform/clock";
import { AppError, isAppError } from "../../platform/errors";
import type { HttpRequest, HttpResponse } from "../../platform/http";
import { Redactor } from "../../platform/redact";
import { retry } from "../../platform/retry";
import { retryAfterMs } from "../../platform/retry-after";
import { placeText, readSecret, type SecretReference, type SecretSources } from "../../platform/secret-reference";
import type { Channel } from "./channel";
import { toSlackMessage } from "./slack-message";

export interface WebhookSettings {
  /** Whoever has the address may write: it is a secret. */
  readonly url: SecretReference;
  readonly format: "slack" | "json";
  /** Key of the signature; none without it. */
  readonly hmac?: SecretReference;
}

export interface WebhookParts {
  readonly secrets: SecretSources;
  readonly send: (request: HttpRequest) => Promise<HttpResponse>;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly random: () => number;
}

/** Slack lets a webhook have one message a second, and says how long to wait (Slack, "Rate limits"). */
const policy = { attempts: 4, firstDelayMs: 1_000, maxDelayMs: 30_000 };

/** More of an answer helps nobody. */
const longestQuoted = 200;

/**
 * Posts notices to a webhook. With `hmac`, `X-Unexpired-Signature: sha256=HEX` is HMAC-SHA256 over the text of
 * `X-Unexpired-Timestamp`, a dot and the body, so that neither can be changed and an old one can be told.
 */
export function webhookChannel({ url, format, hmac }: WebhookSettings, parts: WebhookParts): Channel {
  const { secrets, clock, sleep, random } = parts;
  const name = `webhook in ${placeText(url)}`;
  return {
    name,
    async send(document, signal) {
      const address = await readAddress(url, secrets);
      const key = hmac && (await readSecret(hmac, wantedKey, secrets));
      const body = JSON.stringify(format === "slack" ? toSlackMessage(document) : document);
      const post = async () => {
        const headers = {
          "content-type": "application/json",
          "user-agent": "unexpired",
          ...(key !== undefined && signatureOf(body, key, clock.now())),
        };
        const answer = await sent(parts, name, { method: "POST", url: address, headers, body, signal });
        if (answer.status < 200 || answer.status > 299) throw refusal(name, address, answer, clock.now());
      };
      await retry(post, { policy, signal, sleep, random });
    },
  };
}

const wantedAddress = { what: "the address of a webhook", hint: "put an https URL there" };
const wantedKey = {
  what: "the key of a webhook's signature",
  hint: "put a long random text there, and give it to the receiver",
};

async function readAddress(reference: SecretReference, secrets: SecretSources): Promise<string> {
  const text = await readSecret(reference, wantedAddress, secrets);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url?.hostname === "127.0.0.1" || url?.hostname === "localhost";
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLocal)) return url.href;
  const { what, hint } = wantedAddress;
  throw new AppError("invalid_config", `${placeText(reference)} does not hold ${what}`, { hint });
}

function signatureOf(body: string, key: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signature = createHmac("sha256", key).update(`${timestamp}.${body}`).digest("hex");
  return { "x-unexpired-timestamp": timestamp, "x-unexpired-signature": `sha256=${signature}` };
}

/** The error of the HTTP client names the address, which is the secret: what went wrong is said without it. */
async function sent({ send }: WebhookParts, name: string, request: HttpRequest): Promise<HttpResponse> {
  try {
    return await send(request);
  } catch (error) {
    if (!isAppError(error)) throw new AppError("notification_failed", `${name} could not be written to`);
    if (error.code === "aborted") throw error;
    const why = error.code === "timeout" ? "gave no answer in time" : `cannot be reached${reasonOf(error)}`;
    throw new AppError("notification_failed", `${name} ${why}`, {
      hint: "check the network, the proxy and the trust of the runner",
      retryable: error.retryable,
    });
  }
}

/** Of a failure of the system or of TLS, its code alone. */
function reasonOf({ cause }: AppError): string {
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  return typeof code === "string" && /^[A-Z_0-9]+$/.test(code) ? `: ${code}` : "";
}

function refusal(name: string, address: string, { status, headers, body }: HttpResponse, now: Date): AppError {
  const redactor = new Redactor();
  const { href, pathname, search } = new URL(address);
  for (const secret of [href, pathname + search, ...pathname.split("/"), search]) redactor.hide(secret);
  const said = redactor.text(body).replace(/\s+/g, " ").trim().slice(0, longestQuoted);
  return new AppError("notification_failed", `${name} answered ${status}${said === "" ? "" : `: ${said}`}`, {
    hint:
      status === 429
        ? "it takes fewer messages than it gets"
        : "check that the webhook is still there, and takes this format",
    retryable: status === 429 || status >= 500,
    retryAfterMs: retryAfterMs(headers["retry-after"], now),
  });
}
