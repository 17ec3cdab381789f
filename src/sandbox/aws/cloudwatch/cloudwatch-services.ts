/**
 * Amazon CloudWatch, version 2010-08-01, in the three protocols that its clients speak: Query (SDKs up to 2025), AWS
 * JSON 1.0 (JavaScript, Python), and Smithy RPC v2 CBOR (Go).
 */
import { cborProtocol } from "../cbor-protocol";
import { queryCompatibleJsonProtocol } from "../json-protocol";
import { queryProtocol } from "../query-protocol";
import type { Service } from "../service";
import { alarmOperations } from "./alarm-operations";

const version = "2010-08-01";

const cloudWatch = {
  signingName: "monitoring",
  iamPrefix: "cloudwatch",
  namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
  /** As the API's model has them. */
  errorShapes: {
    LimitExceeded: "LimitExceededFault",
    InvalidParameterCombination: "InvalidParameterCombinationException",
    InvalidParameterValue: "InvalidParameterValueException",
    MissingParameter: "MissingRequiredParameterException",
  },
  operations: alarmOperations,
};

export const cloudWatchServices: readonly Service[] = [
  { ...cloudWatch, protocol: cborProtocol, pathPrefix: "/service/GraniteServiceVersion20100801/" },
  { ...cloudWatch, protocol: queryCompatibleJsonProtocol, targetPrefix: "GraniteServiceVersion20100801." },
  { ...cloudWatch, protocol: queryProtocol, version },
];
