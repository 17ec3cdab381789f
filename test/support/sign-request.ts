import { signatureOf, type CredentialScope, type SignableRequest } from "../../src/sandbox/aws/signature-v4";

/** The headers of a request with those that sign it. */
export function signRequest(
  request: SignableRequest,
  scope: Omit<CredentialScope, "date"> & { readonly now: Date },
  secret: string,
): Record<string, string> {
  const stamp = scope.now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const headers = { ...request.headers, "x-amz-date": stamp };
  const full = { ...scope, date: stamp.slice(0, 8) };
  const names = Object.keys(headers).sort();
  const signature = signatureOf({ ...request, headers }, full, names, secret);
  const credential = `${full.accessKeyId}/${full.date}/${full.region}/${full.service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return { ...headers, authorization };
}
