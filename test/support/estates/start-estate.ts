/** A seeded estate behind the emulated AWS's socket, and our adapters as somebody who scans it has them. */
import { AwsAccess } from "../../../src/aws/aws-access";
import type { AwsParts } from "../../../src/aws/aws-settings";
import type { AccountToScan } from "../../../src/manage-certs/scan/scan-estate";
import { startAws, type RunningAws } from "../../../src/sandbox/aws/start-aws";
import { RequestGate } from "../../../src/sandbox/request-gate";
import { seedEstate, type EstatePlan, type SeededEstate } from "./seed-estate";

export interface RunningEstate {
  readonly estate: SeededEstate;
  readonly aws: RunningAws;
  readonly gate: RequestGate;
  /** The first account by its own keys, the others by roles. */
  accounts(parts?: AwsParts): readonly AccountToScan[];
  close(): Promise<void>;
}

export async function startEstate(plan: EstatePlan = {}): Promise<RunningEstate> {
  const estate = await seedEstate(plan);
  const [account, ...others] = estate.accounts;
  if (account === undefined) throw new Error("an estate has at least one account");
  const gate = new RequestGate();
  const aws = await startAws({ account, gate });
  const opened: AwsAccess[] = [];
  return {
    estate,
    aws,
    gate,
    accounts: (parts = {}) => accountsToScan(aws, estate.roleArns, parts, opened),
    close: async () => {
      for (const access of opened) access.close();
      await aws.close();
      await Promise.all(others.map((other) => other.close()));
    },
  };
}

/** Where callers come in; of a running AWS in this process or another one. */
export type EstatePlace = Pick<RunningAws, "endpointUrl" | "region" | "accessKeyId" | "secretAccessKey">;

/** `opened` takes what is to be closed in the end. */
export function accountsToScan(
  { endpointUrl, region, accessKeyId, secretAccessKey }: EstatePlace,
  roleArns: Iterable<readonly [string, string]>,
  parts: AwsParts,
  opened: AwsAccess[],
): readonly AccountToScan[] {
  const credentials = { accessKeyId, secretAccessKey };
  const own = { name: "own", assumeRole: undefined };
  const others = [...roleArns].map(([name, roleArn]) => ({ name, assumeRole: { roleArn } }));
  return [own, ...others].map(({ name, assumeRole }) => {
    const access = new AwsAccess({ region, endpointUrl, credentials, ...(assumeRole && { assumeRole }) }, parts);
    opened.push(access);
    return { name, access, homeRegion: region };
  });
}
