/** `.edgerc` files (INI) and the AKAMAI_* environment, as Akamai's own tools read them. Secrets never reach an error. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AppError, messageOf } from "../platform/errors";
import type { EdgeGridCredentials } from "./edgegrid-sign";

export interface CredentialSource {
  /** @default `AKAMAI_EDGERC`; without that the environment's AKAMAI_* variables, then `.edgerc` in the home folder */
  readonly edgercFile?: string;
  /** @default `AKAMAI_EDGERC_SECTION`, then "default" */
  readonly section?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

const keys = ["host", "client_token", "client_secret", "access_token"] as const;
type Values = Readonly<Record<string, string | undefined>>;

/** A file that is named comes first, then the environment, then the home folder. Errors: `missing_file`, `invalid_credentials`. */
export function loadEdgeGridCredentials(source: CredentialSource): EdgeGridCredentials {
  const section = source.section ?? source.environment.AKAMAI_EDGERC_SECTION ?? "default";
  const named = source.edgercFile ?? source.environment.AKAMAI_EDGERC;
  if (named !== undefined) return readEdgerc(named, section);
  return (
    edgeGridCredentialsFromEnvironment(source.environment, section) ??
    readEdgerc(join(source.homeFolder, ".edgerc"), section)
  );
}

/** Reads one section of a file. Errors: `missing_file`, `invalid_credentials` (names file, section and key). */
export function readEdgerc(path: string, section = "default"): EdgeGridCredentials {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new AppError("missing_file", `cannot read the Akamai credentials in ${path}: ${messageOf(error)}`, {
      hint: "name an .edgerc file, or set AKAMAI_HOST, AKAMAI_CLIENT_TOKEN, AKAMAI_CLIENT_SECRET, AKAMAI_ACCESS_TOKEN",
      cause: error,
    });
  }
  return parseEdgerc(text, section, path);
}

/** The credentials in the text of an `.edgerc` file; `place` names it in errors. */
export function parseEdgerc(text: string, section: string, place: string): EdgeGridCredentials {
  const sections = parseSections(text, place);
  const values = sections.get(section);
  if (values === undefined)
    throw new AppError("invalid_credentials", `${place} has no section "${section}"`, {
      hint: `it has ${[...sections.keys()].map((name) => `"${name}"`).join(", ") || "no section at all"}`,
    });
  return toCredentials(values, `section "${section}" of ${place}`, (key) => key);
}

/**
 * AKAMAI_HOST and so on for the section "default", AKAMAI_<SECTION>_HOST for another one; undefined if none of them is
 * set. Errors: `invalid_credentials` if only some are.
 */
export function edgeGridCredentialsFromEnvironment(
  environment: Values,
  section = "default",
): EdgeGridCredentials | undefined {
  const prefix = section === "default" ? "AKAMAI_" : `AKAMAI_${section.toUpperCase().replaceAll("-", "_")}_`;
  const variable = (key: string) => prefix + key.toUpperCase();
  if (keys.every((key) => !environment[variable(key)])) return undefined;
  const named = [...keys, "account_key"].map((key) => [key, environment[variable(key)]] as const);
  return toCredentials(Object.fromEntries(named), "the environment", variable);
}

function parseSections(text: string, place: string): Map<string, Record<string, string>> {
  const sections = new Map<string, Record<string, string>>();
  let current: Record<string, string> | undefined;
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === "" || line.startsWith(";") || line.startsWith("#")) return;
    const header = /^\[(.+)\]$/.exec(line)?.[1]?.trim();
    const [, key, value] = /^([A-Za-z_-]+)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (header !== undefined) {
      current = sections.get(header) ?? {};
      sections.set(header, current);
    } else if (key === undefined || value === undefined || current === undefined)
      throw new AppError("invalid_credentials", `line ${index + 1} of ${place} is not part of an .edgerc file`, {
        hint: "write [section], then lines of the form key = value",
      });
    else current[key.toLowerCase().replaceAll("-", "_")] = value.replace(/^"(.*)"$/, "$1");
  });
  return sections;
}

function toCredentials(values: Values, place: string, nameOf: (key: string) => string): EdgeGridCredentials {
  const required = (key: (typeof keys)[number]) => {
    const value = values[key];
    if (value) return value;
    const missing = keys.filter((each) => !values[each]).map(nameOf);
    throw new AppError("invalid_credentials", `${place} lacks ${missing.join(", ")}`, {
      hint: "copy all four lines of the API client from Akamai Control Center",
      facts: { missing },
    });
  };
  const host = required("host").replace(/\/$/, "").replace(/:443$/, "");
  if (!/^[A-Za-z0-9.-]+(:\d{1,5})?$/.test(host))
    throw new AppError("invalid_credentials", `${nameOf("host")} in ${place} is not a bare host name`, {
      hint: "leave out https:// and any path",
    });
  return {
    host,
    clientToken: required("client_token"),
    clientSecret: required("client_secret"),
    accessToken: required("access_token"),
    ...(values.account_key ? { accountSwitchKey: values.account_key } : {}),
  };
}
