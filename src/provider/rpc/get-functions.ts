import { Empty } from "../wire/tfplugin6/common";
import { GetFunctionsResponse } from "../wire/tfplugin6/schema";
import { defineRpc } from "./rpc";

/** There are none: a function of the clock would make every output a permanent difference. */
export const getFunctions = defineRpc({
  name: "GetFunctions",
  request: Empty,
  response: GetFunctionsResponse,
  handle: () => ({}),
});
