import type { ScanFailure } from "../scan/estate";

/** What could not be looked at, for people. */
export function failed({ accountId = "", region, service, error }: ScanFailure): string {
  const place = [accountId, region, service].filter((part) => part !== undefined && part !== "").join(" ");
  return `not looked at: ${place}: ${error.message}${error.hint ? `; ${error.hint}` : ""}`;
}
