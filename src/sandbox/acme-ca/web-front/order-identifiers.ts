import { parseDomainName } from "../../../certificates/domain-name";
import { isAppError } from "../../../platform/errors";
import { problems } from "../problems";

/** The names of a new order, each once, in the client's order. Throws the problem that fits. */
export function parseIdentifiers(value: unknown, maxNames: number, blocked: readonly string[]): string[] {
  if (!Array.isArray(value) || value.length === 0) throw problems.malformed("the order has no identifiers");
  const names = [...new Set(value.map(parseIdentifier))];
  if (names.length > maxNames)
    throw problems.malformed(`the order has ${names.length} names, the profile allows ${maxNames}`);
  const covered = names.find((name) => !name.startsWith("*.") && names.includes(`*.${name.replace(/^[^.]+\./, "")}`));
  if (covered !== undefined) throw problems.malformed(`${covered} is redundant with a wildcard name in the same order`);
  const refused = names.filter((name) => blocked.some((suffix) => isAtOrBelow(name, suffix)));
  if (refused.length > 0) throw problems.rejectedIdentifiers(refused, "policy forbids it");
  return names;
}

function parseIdentifier(entry: unknown): string {
  const { type, value } = (typeof entry === "object" && entry !== null ? entry : {}) as Record<string, unknown>;
  if (type !== "dns") throw problems.unsupportedIdentifier(`identifiers of type ${String(type)} are not supported`);
  if (typeof value !== "string") throw problems.malformed("an identifier has no value");
  try {
    // Stricter than a person's input may be: what is not written as an A-label without final dot is refused.
    const name = parseDomainName(value);
    if (name === value.toLowerCase()) return name;
  } catch (error) {
    if (!isAppError(error, "invalid_domain_name")) throw error;
    throw problems.rejectedIdentifiers([value], error.message);
  }
  throw problems.rejectedIdentifiers([value], "write the A-labels of the name, without a final dot");
}

function isAtOrBelow(name: string, suffix: string): boolean {
  const host = name.replace(/^\*\./, "");
  return host === suffix || host.endsWith(`.${suffix}`);
}
