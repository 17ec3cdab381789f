/**
 * One constructor per problem type (RFC 8555 6.7, RFC 9773 7.4, draft-aaron-acme-profiles), so that each type has
 * exactly one URI and one HTTP status. Where the RFC leaves the status open, it is the one Let's Encrypt answers with.
 */

export interface ProblemDocument {
  readonly type: string;
  readonly detail: string;
  readonly status: number;
  readonly identifier?: Identifier;
  readonly subproblems?: readonly ProblemDocument[];
  /** badSignatureAlgorithm only (RFC 8555 6.2). */
  readonly algorithms?: readonly string[];
}

export interface Identifier {
  readonly type: string;
  readonly value: string;
}

interface ProblemExtras {
  readonly identifier?: Identifier;
  readonly subproblems?: readonly ProblemDocument[];
  readonly algorithms?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by operations; the web front writes it as `application/problem+json`. */
export class AcmeProblem extends Error {
  readonly document: ProblemDocument;
  readonly headers: Readonly<Record<string, string>>;

  constructor(type: string, status: number, detail: string, { headers = {}, ...extras }: ProblemExtras = {}) {
    super(detail);
    this.document = { type: `urn:ietf:params:acme:error:${type}`, detail, status, ...extras };
    this.headers = headers;
  }
}

export const problems = {
  accountDoesNotExist: (detail: string) => new AcmeProblem("accountDoesNotExist", 400, detail),
  alreadyReplaced: (detail: string) => new AcmeProblem("alreadyReplaced", 409, detail),
  alreadyRevoked: () => new AcmeProblem("alreadyRevoked", 400, "the certificate is revoked already"),
  badCsr: (detail: string) => new AcmeProblem("badCSR", 400, detail),
  badNonce: () => new AcmeProblem("badNonce", 400, "the nonce is not one this server accepts"),
  badPublicKey: (detail: string) => new AcmeProblem("badPublicKey", 400, detail),
  badRevocationReason: (reason: number) =>
    new AcmeProblem("badRevocationReason", 400, `a subscriber may not give the revocation reason ${reason}`),
  badSignatureAlgorithm: (alg: string, algorithms: readonly string[]) =>
    new AcmeProblem("badSignatureAlgorithm", 400, `signature algorithm ${alg} is not supported`, { algorithms }),
  caa: (detail: string, identifier: Identifier) => new AcmeProblem("caa", 403, detail, { identifier }),
  /** keyChange to a key that has an account of its own (RFC 8555 7.3.5). */
  keyInUse: (accountUrl: string) =>
    new AcmeProblem("malformed", 409, "the new key belongs to another account", { headers: { location: accountUrl } }),
  dns: (detail: string, identifier: Identifier) => new AcmeProblem("dns", 400, detail, { identifier }),
  externalAccountRequired: () =>
    new AcmeProblem("externalAccountRequired", 403, "a new account needs an externalAccountBinding"),
  invalidContact: (detail: string) => new AcmeProblem("invalidContact", 400, detail),
  invalidProfile: (detail: string) => new AcmeProblem("invalidProfile", 400, detail),
  malformed: (detail: string) => new AcmeProblem("malformed", 400, detail),
  methodNotAllowed: (method: string) => new AcmeProblem("malformed", 405, `${method} is not allowed here`),
  notFound: (detail: string) => new AcmeProblem("malformed", 404, detail),
  orderNotReady: (status: string) =>
    new AcmeProblem("orderNotReady", 403, `an order that is ${status} cannot be finalized`),
  /** A limit over hours or days: 429. */
  rateLimited: (detail: string, retryAfterSeconds: number) =>
    new AcmeProblem("rateLimited", 429, detail, { headers: { "retry-after": String(retryAfterSeconds) } }),
  rejectedIdentifiers: (values: readonly string[], why: string) => {
    const single = (value: string): ProblemDocument => ({
      type: "urn:ietf:params:acme:error:rejectedIdentifier",
      status: 400,
      detail: `no certificate for ${value}: ${why}`,
      identifier: { type: "dns", value },
    });
    const [first, ...more] = values.map(single);
    const detail = more.length === 0 ? (first?.detail ?? why) : `no certificate for ${values.join(", ")}: ${why}`;
    return new AcmeProblem(
      "rejectedIdentifier",
      400,
      detail,
      first && more.length ? { subproblems: [first, ...more] } : {},
    );
  },
  serverInternal: (detail: string) => new AcmeProblem("serverInternal", 500, detail),
  /** Overload, or too many requests in one second: 503 in front of the CA proper, as Let's Encrypt's front does. */
  serviceBusy: (retryAfterSeconds: number) =>
    new AcmeProblem("rateLimited", 503, "service busy, come back later", {
      headers: { "retry-after": String(retryAfterSeconds) },
    }),
  unauthorized: (detail: string, identifier?: Identifier) =>
    new AcmeProblem("unauthorized", 403, detail, identifier ? { identifier } : {}),
  unsupportedContact: (detail: string) => new AcmeProblem("unsupportedContact", 400, detail),
  unsupportedIdentifier: (detail: string) => new AcmeProblem("unsupportedIdentifier", 400, detail),
  unsupportedMediaType: () =>
    new AcmeProblem("malformed", 415, "the content type of a request must be application/jose+json"),
};
