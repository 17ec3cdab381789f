import type { IConstruct } from "constructs";
import { matchesHost, parseDomainName } from "../../src/certificates/domain-name";
import type { ICertificate } from "../certificate";
import { isUnknown } from "../is-unknown";
import { mistakeIn } from "../mistake";

/** Refuses names that the certificate is not good for, where both are known. A wildcard is served by the same wildcard. */
export function checkServedNames(
  scope: IConstruct,
  names: readonly string[],
  { domainNames }: ICertificate,
  source: string,
): void {
  if (domainNames === undefined || isUnknown(domainNames) || domainNames.some((name) => isUnknown(name))) return;
  if (isUnknown(names)) return;
  const held = domainNames.map(parseDomainName);
  const missing = names.filter((name) => !isUnknown(name)).find((name) => !covers(held, name));
  if (missing === undefined) return;
  throw mistakeIn(scope, {
    what: `the certificate is not good for "${missing}", only for ${domainNames.join(", ")}`,
    source,
    fix: `add "${missing}" to its domainNames`,
  });
}

function covers(held: readonly ReturnType<typeof parseDomainName>[], text: string): boolean {
  const name = parseDomainName(text);
  return held.some((each) => each === name || matchesHost(each, name));
}
