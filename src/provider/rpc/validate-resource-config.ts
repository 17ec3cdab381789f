import type { Diagnostics } from "../schema/diagnostics";
import { validateConfig } from "../schema/validate-config";
import { isWriteOnly, type BlockType } from "../wire/block-type";
import { ValidateResourceConfigRequest } from "../wire/tfplugin6/requests";
import { ValidateResourceConfigResponse } from "../wire/tfplugin6/responses";
import type { ObjectValue } from "../wire/value";
import { decodePresent } from "./dynamic-value";
import { defineRpc } from "./rpc";

/** Runs again in plan and apply, with more values known. */
export const validateResourceConfig = defineRpc({
  name: "ValidateResourceConfig",
  request: ValidateResourceConfigRequest,
  response: ValidateResourceConfigResponse,
  handle: ({ typeName, config, clientCapabilities }, { session, diagnostics }) => {
    const resource = session.resource(typeName);
    const value = decodePresent(config, resource.schema, "configuration");
    if (clientCapabilities?.writeOnlyAttributesAllowed !== true) refuseWriteOnly(resource.schema, value, diagnostics);
    validateConfig(resource.schema, value, diagnostics);
    if (!diagnostics.hasErrors) resource.validate?.(value, diagnostics);
    return {};
  },
});

function refuseWriteOnly(block: BlockType, config: ObjectValue, diagnostics: Diagnostics): void {
  for (const [name, attribute] of Object.entries(block.attributes))
    if (isWriteOnly(attribute) && config[name] !== null)
      diagnostics.error(`${name} is write-only, which this terraform does not know`, {
        detail: "use Terraform 1.11 or later",
        path: [name],
      });
}
