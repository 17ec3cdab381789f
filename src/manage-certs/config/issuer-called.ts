import { AppError } from "../../platform/errors";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";
import type { Config, ConfiguredIssuer } from "./config";

/** Errors: `invalid_argument` where the configuration has none of that name. */
export function issuerCalled(name: string, { issuers }: Pick<Config, "issuers">): ConfiguredIssuer {
  const found = issuers.find((issuer) => issuer.name === name);
  if (found !== undefined) return found;
  const names = issuers.map((issuer) => issuer.name);
  throw new AppError("invalid_argument", `there is no issuer "${name}" in the configuration`, {
    hint: didYouMean(name, names) ?? `there are ${names.join(", ") || "none"}`,
  });
}
