import type { AccountClient } from "@aws-sdk/client-account";
import type { AwsCaller } from "./aws-caller";
import { sdk } from "./sdk";

export interface EnabledRegionsOptions {
  /** Where the service answers, which has no regions. */
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => AccountClient;
}

/** The most that ListRegions gives in one page (Account Management API reference, MaxResults). */
const pageSize = 50;

/** The regions that an account may use: those that are always on, and those it has opted in to. Sorted by name. */
export async function enabledRegions(
  { region, caller, client }: EnabledRegionsOptions,
  signal?: AbortSignal,
): Promise<string[]> {
  const names: string[] = [];
  let token: string | undefined;
  do {
    const page = await caller.call({
      action: "account:ListRegions",
      resource: "*",
      region,
      signal,
      send: (abortSignal) =>
        client().send(
          new (sdk.account().ListRegionsCommand)({
            RegionOptStatusContains: ["ENABLED", "ENABLED_BY_DEFAULT"],
            MaxResults: pageSize,
            NextToken: token,
          }),
          { abortSignal },
        ),
    });
    names.push(...(page.Regions ?? []).flatMap(({ RegionName }) => RegionName ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return names.sort();
}
