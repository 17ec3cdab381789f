/** The one question that only akamai-dns-proxy answers: may we? (docs/reference/akamai-dns-proxy.md) */
import * as z from "zod/mini";
import { AppError } from "../platform/errors";
import type { HttpResponse } from "../platform/http";
import type { EdgeDnsRequest } from "./edge-dns-messages";

export interface AllowedQuestion {
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  /** One grant has to cover them all. */
  readonly actions: readonly ("read" | "create" | "update" | "delete")[];
}

const answerShape = z.object({ allowed: z.boolean(), detail: z.optional(z.string()) });

/** Akamai itself does not know the path: 404, or 403 at its gateway. */
export const statusesOfNoProxy = [403, 404];

export function allowedRequest(question: AllowedQuestion): EdgeDnsRequest {
  const { zone, name, type, actions } = question;
  const query = new URLSearchParams({ zone, name, type, action: actions.join(",") });
  return {
    method: "GET",
    target: `/unexpired/v1/allowed?${query.toString()}`,
    what: `GET allowed ${actions.join(" and ")} ${name} ${type}`,
  };
}

/** Throws `edge_dns_denied` if the proxy says no; whoever is no proxy says nothing. */
export function requireAllowed(response: HttpResponse, { zone, name, type, actions }: AllowedQuestion): void {
  if (statusesOfNoProxy.includes(response.status)) return;
  const answer = answerShape.safeParse(parseJson(response.body));
  if (!answer.success || answer.data.allowed) return;
  throw new AppError(
    "edge_dns_denied",
    `akamai-dns-proxy does not let us ${actions.join(" and ")} ${type} ${name} in ${zone}: ${answer.data.detail ?? "no reason given"}`,
    { hint: "ask the DNS team for a grant, or correct the name", facts: { zone, name, type, actions } },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
