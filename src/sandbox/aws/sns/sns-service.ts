/** Amazon Simple Notification Service (API reference, version 2010-03-31). */
import { queryProtocol } from "../query-protocol";
import type { Service } from "../service";
import { topicOperations } from "./topic-operations";

export const snsService: Service = {
  signingName: "sns",
  protocol: queryProtocol,
  iamPrefix: "SNS",
  namespace: "http://sns.amazonaws.com/doc/2010-03-31/",
  operations: topicOperations,
};
