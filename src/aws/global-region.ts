/** Where services without regions are signed for, by partition (AWS general reference, "Amazon Route 53 endpoints"). */
export function globalRegion(region: string): string {
  if (region.startsWith("us-gov-")) return "us-gov-west-1";
  return region.startsWith("cn-") ? "cn-northwest-1" : "us-east-1";
}
