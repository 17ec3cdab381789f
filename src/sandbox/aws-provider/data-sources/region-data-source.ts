/** `data "aws_region"`: one region, the provider's unless another is named. */
import { AppError } from "../../../platform/errors";
import { defineDataSource } from "../../../provider/rpc/data-source";
import { computed, defineSchema, optionalComputed, string } from "../../../provider/schema";
import { refuseUnimplemented } from "../refuse-unimplemented";
import type { StandInData } from "../stand-in-data";

const schema = defineSchema({
  description: "Sandbox stand-in for the data source aws_region of hashicorp/aws.",
  attributes: {
    description: computed(string),
    endpoint: optionalComputed(string),
    id: optionalComputed(string),
    name: optionalComputed(string, { deprecated: true }),
    region: optionalComputed(string),
  },
});

/** AWS general reference, "Regional endpoints". */
const descriptions: Readonly<Record<string, string>> = {
  "ap-northeast-1": "Asia Pacific (Tokyo)",
  "ap-northeast-2": "Asia Pacific (Seoul)",
  "ap-northeast-3": "Asia Pacific (Osaka)",
  "ap-south-1": "Asia Pacific (Mumbai)",
  "ap-southeast-1": "Asia Pacific (Singapore)",
  "ap-southeast-2": "Asia Pacific (Sydney)",
  "ca-central-1": "Canada (Central)",
  "eu-central-1": "Europe (Frankfurt)",
  "eu-north-1": "Europe (Stockholm)",
  "eu-west-1": "Europe (Ireland)",
  "eu-west-2": "Europe (London)",
  "eu-west-3": "Europe (Paris)",
  "sa-east-1": "South America (Sao Paulo)",
  "us-east-1": "US East (N. Virginia)",
  "us-east-2": "US East (Ohio)",
  "us-west-1": "US West (N. California)",
  "us-west-2": "US West (Oregon)",
};

export const regionDataSource = defineDataSource<typeof schema, StandInData>({
  typeName: "aws_region",
  schema,
  validate: (config, diagnostics) => refuseUnimplemented(config, ["endpoint", "id"], diagnostics),
  load: () =>
    Promise.resolve({
      read: ({ name, region }, { data }) => {
        const wanted = region ?? name ?? data.region;
        const description = descriptions[wanted];
        if (description === undefined)
          throw new AppError("invalid_argument", `the sandbox knows no region ${wanted}`, {
            hint: "name one that is on in every account",
          });
        const endpoint = `ec2.${wanted}.amazonaws.com`;
        return Promise.resolve({ id: wanted, name: wanted, region: wanted, description, endpoint });
      },
    }),
});
