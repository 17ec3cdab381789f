import { challengeName, parseDomainName, type DomainName } from "../certificates/domain-name";
import { AppError } from "../platform/errors";
import { jsonDate, jsonObject, jsonObjects, jsonText, jsonUrl, type JsonObject } from "./json";
import { parseProblem, type AcmeProblem } from "./problem";

const authorizationStatuses = ["pending", "valid", "invalid", "deactivated", "expired", "revoked"] as const;

export type AcmeAuthorizationStatus = (typeof authorizationStatuses)[number];

/** The CA's view on whether the account controls a name (RFC 8555 7.1.4). */
export interface AcmeAuthorization {
  readonly url: string;
  /** As ordered: `*.` in front where it is for the wildcard. */
  readonly name: DomainName;
  readonly status: AcmeAuthorizationStatus;
  readonly expires?: Date;
  /** What to do for it; undefined if the CA does not offer dns-01 for this name. */
  readonly dns01?: Dns01Challenge;
  /** Why a challenge of it failed. */
  readonly error?: AcmeProblem;
}

/** The dns-01 challenge of an authorization (RFC 8555 8.4). */
export interface Dns01Challenge {
  readonly url: string;
  readonly token: string;
  /** Where the TXT record must be, without a final dot. Apex and wildcard share it, each with its own value. */
  readonly recordName: string;
  /** What the TXT record must hold. */
  readonly value: string;
  readonly status: "pending" | "processing" | "valid" | "invalid";
}

/** An authorization before the value of its record is known, which takes the account key. */
export type ParsedAuthorization = Omit<AcmeAuthorization, "dns01"> & { readonly dns01?: Omit<Dns01Challenge, "value"> };

/** Reads what the CA sent. Errors: `acme_problem` for a body that is not an authorization of a DNS name. */
export function parseAuthorization(value: unknown, url: string): ParsedAuthorization {
  const document = jsonObject(value) ?? {};
  const status = authorizationStatuses.find((name) => name === document.status);
  const identifier = jsonObject(document.identifier);
  const base = jsonText(identifier?.value);
  if (status === undefined || base === undefined || identifier?.type !== "dns")
    throw new AppError("acme_problem", `the CA's answer for ${url} is not an authorization of a DNS name`, {
      facts: { url },
    });
  const name = parseDomainName(document.wildcard === true ? `*.${base}` : base);
  const challenges = jsonObjects(document.challenges);
  const dns01 = challenges.filter(({ type }) => type === "dns-01").flatMap((item) => parseDns01(item, name))[0];
  const error = challenges.map((challenge) => parseProblem(challenge.error)).find((found) => found !== undefined);
  return {
    url,
    name,
    status,
    expires: jsonDate(document.expires),
    ...(dns01 === undefined ? {} : { dns01 }),
    ...(error === undefined ? {} : { error }),
  };
}

const challengeStatuses = ["pending", "processing", "valid", "invalid"] as const;

function parseDns01(challenge: JsonObject, name: DomainName): Omit<Dns01Challenge, "value">[] {
  const url = jsonUrl(challenge.url);
  const token = jsonText(challenge.token);
  const status = challengeStatuses.find((value) => value === challenge.status);
  if (url === undefined || token === undefined || status === undefined) return [];
  return [{ url, token, status, recordName: challengeName(name) }];
}
