import { wireSchema } from "../schema/wire-schema";
import { Empty } from "../wire/tfplugin6/common";
import { GetProviderSchemaResponse } from "../wire/tfplugin6/schema";
import { serverCapabilities } from "./capabilities";
import { defineRpc } from "./rpc";

export const getProviderSchema = defineRpc({
  name: "GetProviderSchema",
  request: Empty,
  response: GetProviderSchemaResponse,
  handle: (_request, { session: { provider } }) => ({
    provider: wireSchema(provider.schema),
    resourceSchemas: Object.fromEntries(
      provider.resources.map(({ typeName, schema }) => [typeName, wireSchema(schema)]),
    ),
    serverCapabilities,
  }),
});
