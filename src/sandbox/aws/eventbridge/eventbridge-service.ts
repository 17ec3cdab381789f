/** Amazon EventBridge (API reference, version 2015-10-07). */
import { jsonProtocol } from "../json-protocol";
import type { Service } from "../service";
import { ruleOperations } from "./rule-operations";

export const eventBridgeService: Service = {
  signingName: "events",
  protocol: jsonProtocol,
  iamPrefix: "events",
  operations: ruleOperations,
};
