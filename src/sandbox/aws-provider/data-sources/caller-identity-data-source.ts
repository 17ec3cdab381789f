/** `data "aws_caller_identity"`: whose credentials the provider has. */
import { sdk } from "../../../aws/sdk";
import { defineDataSource } from "../../../provider/rpc/data-source";
import { computed, defineSchema, optionalComputed, string } from "../../../provider/schema";
import { refuseUnimplemented } from "../refuse-unimplemented";
import type { StandInData } from "../stand-in-data";

const schema = defineSchema({
  description: "Sandbox stand-in for the data source aws_caller_identity of hashicorp/aws.",
  attributes: {
    account_id: computed(string),
    arn: computed(string),
    id: optionalComputed(string),
    user_id: computed(string),
  },
});

export const callerIdentityDataSource = defineDataSource<typeof schema, StandInData>({
  typeName: "aws_caller_identity",
  schema,
  validate: (config, diagnostics) => refuseUnimplemented(config, ["id"], diagnostics),
  load: () =>
    Promise.resolve({
      read: async (_, { data, signal }) => {
        const { Account, Arn, UserId } = await data.services
          .sts(data.region)
          .call("GetCallerIdentity", "*", signal, (client, options) =>
            client.send(new (sdk.sts().GetCallerIdentityCommand)({}), options),
          );
        return { account_id: Account ?? "", arn: Arn ?? "", id: Account ?? "", user_id: UserId ?? "" };
      },
    }),
});
