import { Empty } from "../wire/tfplugin6/common";
import { GetMetadataResponse } from "../wire/tfplugin6/schema";
import { serverCapabilities } from "./capabilities";
import { defineRpc } from "./rpc";

export const getMetadata = defineRpc({
  name: "GetMetadata",
  request: Empty,
  response: GetMetadataResponse,
  handle: (_request, { session }) => ({
    serverCapabilities,
    dataSources: (session.provider.dataSources ?? []).map(({ typeName }) => ({ typeName })),
    resources: session.provider.resources.map(({ typeName }) => ({ typeName })),
  }),
});
