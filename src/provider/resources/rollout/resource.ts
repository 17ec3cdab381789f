import { defineResource } from "../../rpc/resource";
import type { ProviderSettings } from "../settings";
import type { RolloutPrivate } from "./private-data";
import { rolloutSchema, validateRollout } from "./schema";

export const rolloutResource = defineResource<typeof rolloutSchema, ProviderSettings, RolloutPrivate>({
  typeName: "unexpired_rollout",
  schema: rolloutSchema,
  validate: validateRollout,
  load: async () => (await import("../operations.js")).rolloutOperations,
});
