import { parseDomainName } from "../certificates/domain-name";

/** A name as certificates spell it. What cannot be in one is told by others. */
export function asSpelt(name: string): string {
  try {
    return parseDomainName(name);
  } catch {
    return name;
  }
}
