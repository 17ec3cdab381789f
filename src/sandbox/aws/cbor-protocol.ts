/** Smithy RPC v2 CBOR: the action in the path, a header that names the protocol, CBOR both ways. */
import { AwsError } from "./aws-error";
import { decodeCbor, encodeCbor } from "./cbor";
import type { Input } from "./input";
import { queryCodes, type Protocol } from "./protocol";
import { queryErrorHeader, shapeOf } from "./query-compatible";

const headers = { "smithy-protocol": "rpc-v2-cbor" };

export const cborProtocol: Protocol = {
  contentType: "application/cbor",
  codes: queryCodes,
  family: "query",
  parse({ url, body, octets = Buffer.from(body) }) {
    const [, action] = /^\/service\/\w+\/operation\/(\w+)$/.exec(url) ?? [];
    if (action === undefined) throw new AwsError("UnknownOperationException", `no action at ${url}`, 404);
    return { action, input: parseBody(octets) };
  },
  render: (output) => ({ headers, body: encodeCbor(output) }),
  renderError: (error, { service }) => ({
    headers: { ...headers, ...queryErrorHeader(error, service) },
    body: encodeCbor({ __type: shapeOf(error, service), message: error.message }),
  }),
};

function parseBody(octets: Uint8Array): Input {
  if (octets.length === 0) return {};
  try {
    const parsed = decodeCbor(octets);
    if (typeof parsed === "object" && parsed !== null) return parsed as Input;
  } catch {
    // answered below, like every other body that is not a map
  }
  throw new AwsError("SerializationException", "the body is not a map in CBOR");
}
