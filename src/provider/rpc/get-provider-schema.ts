import type { Schema } from "../schema/schema";
import { wireSchema } from "../schema/wire-schema";
import { Empty } from "../wire/tfplugin6/common";
import { GetProviderSchemaResponse } from "../wire/tfplugin6/schema";
import { serverCapabilities } from "./capabilities";
import { defineRpc } from "./rpc";

function wireSchemas(types: readonly { readonly typeName: string; readonly schema: Schema }[]) {
  return Object.fromEntries(types.map(({ typeName, schema }) => [typeName, wireSchema(schema)]));
}

export const getProviderSchema = defineRpc({
  name: "GetProviderSchema",
  request: Empty,
  response: GetProviderSchemaResponse,
  handle: (_request, { session: { provider } }) => ({
    provider: wireSchema(provider.schema),
    resourceSchemas: wireSchemas(provider.resources),
    dataSourceSchemas: wireSchemas(provider.dataSources ?? []),
    serverCapabilities,
  }),
});
