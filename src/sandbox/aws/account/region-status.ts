/** Regions of an account and whether they may be used (Account Management reference guide, "Enable or disable Regions"). */

export type RegionStatus = "ENABLED_BY_DEFAULT" | "ENABLED" | "ENABLING" | "DISABLING" | "DISABLED";

export type RegionStatuses = Readonly<Record<string, RegionStatus>>;

/** Regions from before 20 March 2019, which every account has and none can turn off. */
const always = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
];

/** Regions that an account has once it has asked for them. */
const optIn = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
];

/** An account as it is on its first day. */
export const firstRegionStatuses: RegionStatuses = Object.fromEntries([
  ...always.map((name) => [name, "ENABLED_BY_DEFAULT"] as const),
  ...optIn.map((name) => [name, "DISABLED"] as const),
]);

/** A region that is being turned on or off is not to be relied on; its API answers those who are in already. */
export function isUsable(status: RegionStatus | undefined): boolean {
  return status === "ENABLED_BY_DEFAULT" || status === "ENABLED" || status === "DISABLING";
}
