import type { Client, OidcRule } from "../../policy/policy";
import type { IdTokenClaims } from "./verify-id-token";

/** The clients that a bearer may act as: those with a rule that all its claims fulfil. */
export function clientsOfBearer(clients: readonly Client[], claims: IdTokenClaims): Client[] {
  return clients.filter(({ oidc }) => oidc.some((rule) => fulfils(claims, rule)));
}

function fulfils(claims: IdTokenClaims, rule: OidcRule): boolean {
  if (claims.iss !== rule.issuer) return false;
  return Object.entries(rule.claims).every(([name, accepted]) => {
    const values = Object.hasOwn(claims, name) ? textsOf(claims[name]) : [];
    return values.some((value) => accepted.some((pattern) => matches(pattern, value)));
  });
}

/** Of a claim with several values one has to match. Numbers and truth values are compared as they are written. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [String(value)] : [];
}

/** `*` stands for any characters, none included; everything else for itself. The whole text must match. */
function matches(pattern: string, value: string): boolean {
  const [first = "", ...parts] = pattern.split("*");
  const last = parts.pop();
  if (last === undefined) return value === pattern;
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}
