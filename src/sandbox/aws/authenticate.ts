import { AwsError } from "./aws-error";
import type { AwsAccount } from "./aws-account";
import { parseAuthorization, verifySignature, type SignableRequest } from "./signature-v4";

export interface Caller {
  readonly account: AwsAccount;
  readonly callerArn: string;
  readonly userId: string;
  readonly region: string;
  readonly signingName: string;
}

/** Who may not come in. `signingName` is undefined where the request does not even say which service it wants. */
export interface Stranger {
  readonly signingName?: string;
  readonly problem: "missing" | "unknown-key" | "expired" | "bad-signature";
}

/** How far the clock of a caller may be off (IAM user guide, "Signature Version 4", time stamps). */
const largestSkewMs = 15 * 60 * 1000;

export function authenticate(request: SignableRequest, account: AwsAccount): Caller | Stranger {
  const authorization = parseAuthorization(request.headers.authorization);
  if (authorization === undefined) return { problem: "missing" };
  const { accessKeyId, region, service: signingName } = authorization;
  const found = account.findAccessKey(accessKeyId);
  if (found === undefined || found.key.sessionToken !== request.headers["x-amz-security-token"])
    return { signingName, problem: "unknown-key" };
  // Keys are not known in a region that the account has not turned on (Account Management reference guide, "Regions").
  if (!found.account.isRegionUsable(region)) return { signingName, problem: "unknown-key" };
  const now = account.now();
  if (found.key.expiration !== undefined && found.key.expiration < now) return { signingName, problem: "expired" };
  const signedAt = Date.parse(
    (request.headers["x-amz-date"] ?? "").replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
  const fresh = Math.abs(now.getTime() - signedAt) <= largestSkewMs;
  if (!fresh || !verifySignature(request, authorization, found.key.secretAccessKey))
    return { signingName, problem: "bad-signature" };
  const { callerArn, userId } = found.key;
  return { account: found.account, callerArn, userId, region, signingName };
}

const messages: Readonly<Record<Stranger["problem"], string>> = {
  missing: "Request is missing Authentication Token",
  "unknown-key": "The security token included in the request is invalid",
  expired: "The security token included in the request is expired",
  "bad-signature": "The request signature we calculated does not match the signature you provided",
};

const codes = {
  json: {
    missing: "MissingAuthenticationTokenException",
    "unknown-key": "UnrecognizedClientException",
    expired: "ExpiredTokenException",
    "bad-signature": "InvalidSignatureException",
  },
  query: {
    missing: "MissingAuthenticationToken",
    "unknown-key": "InvalidClientTokenId",
    expired: "ExpiredToken",
    "bad-signature": "SignatureDoesNotMatch",
  },
} as const;

/** JSON and Query services name the same refusals differently. */
export function strangerError({ problem }: Stranger, protocol: "json" | "query"): AwsError {
  return new AwsError(codes[protocol][problem], messages[problem], protocol === "json" ? 400 : 403);
}
