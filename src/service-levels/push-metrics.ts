import { AppError } from "../platform/errors";
import type { HttpClient } from "../platform/http";

export interface PushTarget {
  /** Of the Pushgateway, without `/metrics/…`; user and password in it become basic authentication. */
  readonly url: URL;
  /** What the metrics are grouped by: a push replaces those of the same group. */
  readonly grouping: { readonly job: string; readonly instance: string };
}

/** More of an answer helps nobody. */
const longestQuoted = 200;

/**
 * Puts metrics in place of those of the same group (Pushgateway, README, "API"). Errors: `network`, `timeout`, `aborted`;
 * `push_refused`, in the gateway's words. None names user or password.
 */
export async function pushMetrics(
  text: string,
  { url, grouping }: PushTarget,
  http: Pick<HttpClient, "send">,
  signal?: AbortSignal,
): Promise<void> {
  const place = new URL(url);
  const { username, password } = place;
  [place.username, place.password, place.search, place.hash] = ["", "", "", ""];
  const group = [labelPath("job", grouping.job), labelPath("instance", grouping.instance)].join("/");
  place.pathname = `${place.pathname.replace(/\/+$/, "")}/metrics/${group}`;
  const headers = {
    "content-type": "text/plain; version=0.0.4; charset=utf-8",
    ...(username !== "" && { authorization: basic(decodeURIComponent(username), decodeURIComponent(password)) }),
  };
  const { status, body } = await http.send({ method: "PUT", url: place.href, headers, body: text, signal });
  if (status >= 200 && status < 300) return;
  const said = body.replace(/\s+/g, " ").trim().slice(0, longestQuoted);
  throw new AppError("push_refused", `${place.href} answered ${status}${said === "" ? "" : `: ${said}`}`, {
    hint: "give the address of a Pushgateway, as https://USER:PASSWORD@HOST:9091 where it asks for a password",
    retryable: status >= 500,
  });
}

/** A value may hold what a path cannot (Pushgateway, README, "URL"); "=" stands for the empty one. */
function labelPath(name: string, value: string): string {
  return /^[\w.-]+$/.test(value)
    ? `${name}/${value}`
    : `${name}@base64/${value === "" ? "=" : Buffer.from(value).toString("base64url")}`;
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
