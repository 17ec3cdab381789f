/** `aws_elb`: a Classic Load Balancer. */
import { defineResource } from "../../../provider/rpc/resource";
import type { StandInData } from "../stand-in-data";
import { elbOperations } from "./elb-operations";
import { elbSchema, validateElb } from "./elb-schema";

export const elb = defineResource<typeof elbSchema, StandInData, never>({
  typeName: "aws_elb",
  schema: elbSchema,
  validate: validateElb,
  load: () => Promise.resolve(elbOperations),
});
