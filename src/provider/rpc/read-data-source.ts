import { ReadDataSourceRequest } from "../wire/tfplugin6/requests";
import { ReadDataSourceResponse } from "../wire/tfplugin6/responses";
import { conforms, decodePresent, encodeValue } from "./dynamic-value";
import { operationContext } from "./operation-context";
import { defineRpc } from "./rpc";

/** Core asks once all of the configuration is known: at plan, or else during apply. */
export const readDataSource = defineRpc({
  name: "ReadDataSource",
  about: "data source",
  request: ReadDataSourceRequest,
  response: ReadDataSourceResponse,
  handle: async ({ typeName, config }, call) => {
    const { session, diagnostics } = call;
    const dataSource = session.dataSource(typeName);
    const { schema } = dataSource;
    const value = decodePresent(config, schema, "configuration");
    const reading = await session.reading(dataSource);
    const state = await reading.read(value, operationContext(call, dataSource, "read", value));
    const subject = `read of data source ${dataSource.typeName}`;
    if (!conforms(state, schema, subject, diagnostics, { unknownAllowed: false })) return {};
    return { state: encodeValue(state, schema) };
  },
});
