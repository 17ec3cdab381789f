import { parseDomainName } from "../../certificates/domain-name";
import type { IssuableKeyAlgorithm } from "../../certificates/key-algorithm";
import { AppError } from "../../platform/errors";
import { regionFor } from "../attach/check-attachment";
import type { Config } from "../config/config";
import { issuerFor } from "../config/issuer-called";
import type { ServingPoint } from "../scan/estate";
import type { IssueRequest } from "./issue-plan";

export interface IssueWishes {
  readonly names: readonly string[];
  readonly points: readonly ServingPoint[];
  /** An issuer of the configuration. @default the usual one */
  readonly issuer?: string;
  /** @default the configuration's */
  readonly keyAlgorithm?: IssuableKeyAlgorithm;
  /** Where it goes if no listener says so. */
  readonly home: { readonly accountId: string; readonly region: string };
}

/**
 * Errors: `invalid_domain_name`; `invalid_config` without an issuer; `invalid_argument` for one that is not there, and for
 * listeners that need certificates in several regions or accounts.
 */
export function issueRequest(
  { names, points, issuer, keyAlgorithm, home }: IssueWishes,
  config: Pick<Config, "issuer" | "issuers" | "keyAlgorithm">,
): IssueRequest {
  const places = points.map((point) => ({
    accountId: point.accountId,
    region: regionFor(point, home.region),
  }));
  const told = [...new Set(places.map(({ accountId, region }) => `${accountId} ${region}`))];
  if (told.length > 1)
    throw new AppError("invalid_argument", `these listeners need certificates in several places: ${told.join(", ")}`, {
      hint: "issue for each account and region by itself",
    });
  return {
    names: [...new Set(names.map(parseDomainName))],
    issuer: issuerFor(issuer, config),
    keyAlgorithm: keyAlgorithm ?? config.keyAlgorithm,
    points,
    ...(places[0] ?? home),
  };
}
