/** `aws_lb`: an application or network load balancer. */
import { defineResource } from "../../../provider/rpc/resource";
import type { StandInData } from "../stand-in-data";
import { lbOperations } from "./lb-operations";
import { lbSchema, validateLb } from "./lb-schema";

export const lb = defineResource<typeof lbSchema, StandInData, never>({
  typeName: "aws_lb",
  schema: lbSchema,
  validate: validateLb,
  load: () => Promise.resolve(lbOperations),
});
