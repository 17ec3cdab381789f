import { Empty } from "../wire/tfplugin6/common";
import { StopProviderResponse } from "../wire/tfplugin6/responses";
import { defineRpc } from "./rpc";

/** The first Ctrl-C. Running operations see their signal abort and answer with what is true. */
export const stopProvider = defineRpc({
  name: "StopProvider",
  request: Empty,
  response: StopProviderResponse,
  handle: (_request, { session, log }) => {
    log.log("info", "terraform asks to stop");
    session.stop();
    return {};
  },
});
