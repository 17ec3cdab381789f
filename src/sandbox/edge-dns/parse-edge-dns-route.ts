import { canonicalName } from "../../dns/record-set";

/** What a request is about. Names are canonical: letter case and a final dot carry no meaning in paths. */
export type EdgeDnsRoute =
  | { readonly kind: "zones" }
  | { readonly kind: "authorities" }
  | { readonly kind: "zone" | "recordsets" | "names"; readonly zone: string }
  | { readonly kind: "types"; readonly zone: string; readonly name: string }
  | { readonly kind: "recordset"; readonly zone: string; readonly name: string; readonly type: string }
  | { readonly kind: "other" };

/** `target` is the request target as received, without the query. */
export function parseEdgeDnsRoute(path: string): EdgeDnsRoute {
  const [root, version, zones, zone, ...rest] = segmentsOf(path);
  if (path === "/config-dns/v2/data/authorities") return { kind: "authorities" };
  if (root !== "config-dns" || version !== "v2" || zones !== "zones") return { kind: "other" };
  if (zone === undefined) return { kind: "zones" };
  const [collection, name, types, type, ...more] = rest;
  if (collection === undefined) return { kind: "zone", zone: canonicalName(zone) };
  if (name === undefined && (collection === "recordsets" || collection === "names"))
    return { kind: collection, zone: canonicalName(zone) };
  if (collection !== "names" || name === undefined || types !== "types" || more.length > 0) return { kind: "other" };
  const at = { zone: canonicalName(zone), name: canonicalName(name) };
  return type === undefined ? { kind: "types", ...at } : { kind: "recordset", ...at, type: type.toUpperCase() };
}

/** For the sandbox's history. */
export function describeRoute(method: string, route: EdgeDnsRoute): { operation: string; subject?: string } {
  const operation = `${method} ${route.kind}`;
  switch (route.kind) {
    case "zones":
    case "authorities":
    case "other":
      return { operation };
    case "zone":
    case "recordsets":
    case "names":
      return { operation, subject: route.zone };
    case "types":
      return { operation, subject: route.name };
    case "recordset":
      return { operation, subject: `${route.name}/${route.type}` };
  }
}

function segmentsOf(path: string): string[] {
  try {
    return path.replace(/^\//, "").replace(/\/$/, "").split("/").map(decodeURIComponent);
  } catch {
    return [];
  }
}
