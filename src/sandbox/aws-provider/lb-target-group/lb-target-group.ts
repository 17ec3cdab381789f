/** `aws_lb_target_group`: where a listener forwards to. */
import { defineResource } from "../../../provider/rpc/resource";
import type { StandInData } from "../stand-in-data";
import { lbTargetGroupOperations } from "./lb-target-group-operations";
import { lbTargetGroupSchema, validateLbTargetGroup } from "./lb-target-group-schema";

export const lbTargetGroup = defineResource<typeof lbTargetGroupSchema, StandInData, never>({
  typeName: "aws_lb_target_group",
  schema: lbTargetGroupSchema,
  validate: validateLbTargetGroup,
  load: () => Promise.resolve(lbTargetGroupOperations),
});
