/** `data "aws_partition"`: the sandbox is in the standard one. */
import { defineDataSource } from "../../../provider/rpc/data-source";
import { computed, defineSchema, optionalComputed, string } from "../../../provider/schema";
import { refuseUnimplemented } from "../refuse-unimplemented";
import type { StandInData } from "../stand-in-data";

const schema = defineSchema({
  description: "Sandbox stand-in for the data source aws_partition of hashicorp/aws.",
  attributes: {
    dns_suffix: computed(string),
    id: optionalComputed(string),
    partition: computed(string),
    reverse_dns_prefix: computed(string),
  },
});

const standard = {
  id: "aws",
  partition: "aws",
  dns_suffix: "amazonaws.com",
  reverse_dns_prefix: "com.amazonaws",
} as const;

export const partitionDataSource = defineDataSource<typeof schema, StandInData>({
  typeName: "aws_partition",
  schema,
  validate: (config, diagnostics) => refuseUnimplemented(config, ["id"], diagnostics),
  load: () => Promise.resolve({ read: () => Promise.resolve(standard) }),
});
