import type { MemoryStore } from "../store/memory-store";
import { jsonPayload, parseSignedMessage } from "./json-web-signature";

/** The names that a request is about, for the history of the gate: read before anything is checked. */
export function subjectOf(
  store: MemoryStore,
  operation: string,
  parameters: readonly string[],
  body: Buffer,
): string | undefined {
  const [id = ""] = parameters;
  switch (operation) {
    case "newOrder":
      return identifiersIn(body);
    case "order":
    case "finalize":
      return store.orders.get(id)?.names.join(",");
    case "authorization":
    case "challenge":
      return nameOf(store.authorizations.get(id));
    case "certificate":
      return store.certificates.get(id)?.names.join(",");
    case "renewalInfo":
      return store.certificateWithId(id)?.names.join(",");
    default:
      return undefined;
  }
}

function nameOf(authorization: { readonly name: string; readonly wildcard: boolean } | undefined): string | undefined {
  return authorization && (authorization.wildcard ? `*.${authorization.name}` : authorization.name);
}

function identifiersIn(body: Buffer): string | undefined {
  try {
    const { identifiers } = jsonPayload(parseSignedMessage(body.toString("utf8")));
    if (!Array.isArray(identifiers)) return undefined;
    return identifiers.map((each: { readonly value?: unknown } | null) => String(each?.value)).join(",");
  } catch {
    // The operation itself will say what is wrong with the request.
    return undefined;
  }
}
