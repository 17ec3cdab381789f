/** AWS Account Management: which regions an account has (Account Management API reference). */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, text, texts, type Input } from "../input";
import { page } from "../page";
import { restJsonProtocol } from "../rest-json-protocol";
import type { Operation, Service } from "../service";

/** Another account may be asked about only from the management account of its organization, and here is none. */
function refuseOtherAccounts(input: Input, action: string, callerArn: string): void {
  if (optionalText(input, "AccountId") !== undefined)
    throw new AwsError(
      "AccessDeniedException",
      `User: ${callerArn} is not authorized to perform: account:${action} (Your organization must first enable trusted access with AWS Account Management.)`,
      403,
    );
}

const listRegions: Operation = {
  reads: true,
  run(input, { region, callerArn, pageSize }) {
    refuseOtherAccounts(input, "ListRegions", callerArn);
    const wanted = texts(input, "RegionOptStatusContains");
    const all = Object.entries(region.account.regionStatuses)
      .map(([RegionName, RegionOptStatus]) => ({ RegionName, RegionOptStatus }))
      .filter(({ RegionOptStatus }) => wanted.length === 0 || wanted.includes(RegionOptStatus));
    const { items, next } = page(all, {
      token: optionalText(input, "NextToken"),
      // ListRegions: 1 to 50 of them in an answer.
      size: pageSize(optionalNumber(input, "MaxResults"), 50),
      idOf: ({ RegionName }) => RegionName,
    });
    return { Regions: items, NextToken: next };
  },
};

const getRegionOptStatus: Operation = {
  subject: (input) => optionalText(input, "RegionName"),
  reads: true,
  run(input, { region, callerArn }) {
    refuseOtherAccounts(input, "GetRegionOptStatus", callerArn);
    const RegionName = text(input, "RegionName");
    const RegionOptStatus = region.account.regionStatuses[RegionName];
    if (RegionOptStatus === undefined)
      throw new AwsError("ValidationException", `The Region Name ${RegionName} is not a valid Region.`);
    return { RegionName, RegionOptStatus };
  },
};

export const accountService: Service = {
  signingName: "account",
  protocol: restJsonProtocol,
  iamPrefix: "account",
  // Account Management reference guide, "Endpoints": one for all regions, in US East (N. Virginia).
  signingRegion: "us-east-1",
  routes: [
    { action: "ListRegions", method: "POST", path: "/listRegions" },
    { action: "GetRegionOptStatus", method: "POST", path: "/getRegionOptStatus" },
  ],
  operations: { ListRegions: listRegions, GetRegionOptStatus: getRegionOptStatus },
};
