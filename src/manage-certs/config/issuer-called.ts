import { AppError } from "../../platform/errors";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";
import type { Config, ConfiguredIssuer } from "./config";

/** Of that name, or the usual one. Errors: `invalid_argument`; `invalid_config` where there is none at all. */
export function issuerFor(name: string | undefined, config: Pick<Config, "issuers" | "issuer">): ConfiguredIssuer {
  if (name !== undefined) return issuerCalled(name, config);
  if (config.issuer !== undefined) return config.issuer;
  throw new AppError("invalid_config", "no issuer is configured", {
    hint: "add one under `issuers` in manage-certs.yaml; `manage-certs init` writes a file to start from",
  });
}

/** Errors: `invalid_argument` where the configuration has none of that name. */
export function issuerCalled(name: string, { issuers }: Pick<Config, "issuers">): ConfiguredIssuer {
  const found = issuers.find((issuer) => issuer.name === name);
  if (found !== undefined) return found;
  const names = issuers.map((issuer) => issuer.name);
  const howToAdd = "there are none: add one under `issuers` in manage-certs.yaml";
  throw new AppError("invalid_argument", `there is no issuer "${name}" in the configuration`, {
    hint: didYouMean(name, names) ?? (names.length === 0 ? howToAdd : `there are ${names.join(", ")}`),
  });
}
