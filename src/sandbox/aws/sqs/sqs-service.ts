/** Amazon Simple Queue Service, version 2012-11-05, in AWS JSON 1.0 as its clients speak it since 2023 (API reference). */
import { queryCompatibleJsonProtocol } from "../json-protocol";
import type { Service } from "../service";
import { messageOperations } from "./message-operations";
import { queueOperations } from "./queue-operations";
import { errorShapes } from "./sqs-error";

export const sqsService: Service = {
  signingName: "sqs",
  protocol: queryCompatibleJsonProtocol,
  iamPrefix: "sqs",
  // SQS API reference, "RequestThrottled"
  throttled: { code: "RequestThrottled", status: 400 },
  errorShapes,
  operations: { ...queueOperations, ...messageOperations },
};
