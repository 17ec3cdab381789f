import { matchesHost, parseDomainName } from "../../certificates/domain-name";

/** Whether a certificate with these names is good for this one. What is no DNS name is compared as it is. */
export function holds(names: readonly string[], wanted: string): boolean {
  try {
    const host = parseDomainName(wanted);
    return names.some((name) => name === wanted || matchesHost(parseDomainName(name), host));
  } catch {
    return names.includes(wanted);
  }
}
