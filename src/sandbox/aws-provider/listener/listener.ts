/** `aws_lb_listener`: a listener of an application or network load balancer. */
import { defineResource } from "../../../provider/rpc/resource";
import type { StandInData } from "../stand-in-data";
import { listenerOperations } from "./listener-operations";
import { listenerSchema, validateListener } from "./listener-schema";

export const listener = defineResource<typeof listenerSchema, StandInData, never>({
  typeName: "aws_lb_listener",
  schema: listenerSchema,
  validate: validateListener,
  load: () => Promise.resolve(listenerOperations),
});
