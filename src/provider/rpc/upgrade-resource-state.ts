import { AppError } from "../../platform/errors";
import { completeState } from "../schema/complete-state";
import { decodeJson, parseJson } from "../wire/decode-value";
import { UpgradeResourceStateRequest } from "../wire/tfplugin6/requests";
import { UpgradeResourceStateResponse } from "../wire/tfplugin6/responses";
import type { ObjectValue } from "../wire/value";
import { conforms, encodeValue } from "./dynamic-value";
import { defineRpc } from "./rpc";
import type { Resource } from "./resource";
import type { Session } from "./session";

/** Called for every resource in every plan, also when there is nothing to upgrade. */
export const upgradeResourceState = defineRpc({
  name: "UpgradeResourceState",
  request: UpgradeResourceStateRequest,
  response: UpgradeResourceStateResponse,
  handle: async ({ typeName, version = 0, rawState }, { session, diagnostics }) => {
    const resource = session.resource(typeName);
    const json = rawState?.json;
    if (json === undefined || json.length === 0)
      throw new AppError("provider_value", `the stored ${resource.typeName} is in the format of Terraform 0.11`, {
        hint: "remove it from the state and import it again",
      });
    const upgraded =
      version === resource.schema.version
        ? decodeJson(json, resource.schema)
        : await upgrade(resource, session, version, json);
    if (
      upgraded === null ||
      !conforms(upgraded, resource.schema, resource.typeName, diagnostics, { unknownAllowed: false })
    )
      return {};
    return { upgradedState: encodeValue(upgraded, resource.schema) };
  },
});

async function upgrade(resource: Resource, session: Session, version: number, json: Uint8Array): Promise<ObjectValue> {
  const operations = await session.operations(resource);
  if (operations.upgradeState === undefined)
    throw new AppError(
      "provider_value",
      `state version ${version} of ${resource.typeName} is unknown to this provider`,
    );
  const state = parseJson(json) as Readonly<Record<string, unknown>>;
  return completeState(resource.schema, operations.upgradeState(version, state));
}
