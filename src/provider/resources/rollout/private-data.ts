import * as z from "zod/mini";
import type { PrivateData } from "../../rpc/resource";

const shape = z.object({
  /** Whether this resource made its certificate the default; else the listener's own resource did, and takes it back. */
  changedDefault: z.boolean(),
  /** What was the default of the listener before this resource; put back when it is destroyed. */
  formerDefaultArn: z.optional(z.string()),
});

export type RolloutPrivate = z.infer<typeof shape>;

export const rolloutPrivateData: PrivateData<RolloutPrivate> = {
  version: 1,
  parse: (json) => shape.parse(json),
};
