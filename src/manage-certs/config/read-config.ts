import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseRecordName } from "../../dns/record-name";
import type { ChallengeZone } from "../../issuance/challenge-zone";
import type { AccountPlace } from "../../issuance/engine-settings";
import { AppError, isAppError, messageOf } from "../../platform/errors";
import { onePlace } from "../../platform/secret-reference";
import { userFolders } from "../../platform/user-folders";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";
import type { Config, ConfiguredIssuer } from "./config";
import { ConfigSources, configVariable, variablePrefix } from "./config-sources";
import type { ConfigFile, IssuerEntry } from "./config-shape";

export const defaultFileName = "manage-certs.yaml";

export interface ReadConfigOptions {
  /** A file that must be there. @default MANAGE_CERTS_CONFIG, else manage-certs.yaml if there is one */
  readonly file?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/**
 * What manage-certs.yaml and the environment say; nothing at all is enough for a scan.
 * Errors: `missing_file`; `invalid_config`, with line, column and often a suggestion.
 */
export async function readConfig({ file, environment, homeFolder }: ReadConfigOptions): Promise<Config> {
  const named = file ?? environment[configVariable];
  const name = named ?? defaultFileName;
  const sources = new ConfigSources({ name, text: await read(name, named !== undefined) }, variablesOf(environment));
  const { settings } = sources;
  const zones = settings.zones.map((zone, index) => zoneOf(zone, index, sources));
  const issuers = settings.issuers.map((entry, index) => issuerOf(entry, index, sources));
  const issuer = defaultIssuer(issuers, sources);
  const folders = userFolders(environment, homeFolder);
  const accountPlace = accountPlaceOf(settings.accountStore, join(folders.data, "accounts"), sources);
  checkUnique("issuers", settings.issuers, sources);
  if (settings.accounts !== undefined) checkUnique("accounts", settings.accounts, sources);
  sources.refuseIfBlamed();
  const { regions, accounts, keyAlgorithm, renewal, owners, limits, verify, edgeDns, nameServers } = settings;
  return {
    ...{ regions, accounts, zones, issuers, issuer, keyAlgorithm, renewal, owners, limits, verify },
    policy: settings.policy ?? (environment.UNEXPIRED_POLICY ? { file: environment.UNEXPIRED_POLICY } : undefined),
    cacheFolder: folders.cache,
    engine: {
      region: environment.AWS_REGION || environment.AWS_DEFAULT_REGION || undefined,
      ...{ edgeDns, accountPlace, nameServers, environment, homeFolder },
      journalFolder: join(folders.state, "journal"),
    },
  };
}

async function read(name: string, mustExist: boolean): Promise<string> {
  try {
    return await readFile(name, "utf8");
  } catch (error) {
    if (!mustExist && (error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw new AppError("missing_file", `cannot read the configuration ${name}: ${messageOf(error)}`, {
      hint: `name a file that is there, or leave out --config and ${configVariable}; manage-certs init writes one`,
      cause: error,
    });
  }
}

function variablesOf(environment: ReadConfigOptions["environment"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] =>
        entry[0].startsWith(variablePrefix) && entry[0] !== configVariable && Boolean(entry[1]),
    ),
  );
}

function zoneOf(zone: ConfigFile["zones"][number], index: number, sources: ConfigSources): ChallengeZone {
  const name = canonical(zone.name, index, sources);
  if (zone.type === "edge-dns") {
    if (zone.id !== undefined)
      sources.blame(
        ["zones", index, "id"],
        `zone ${name} is in Edge DNS and has an id`,
        "remove it, or add type: route53",
      );
    return { type: "edge_dns", name };
  }
  if (zone.id === undefined)
    sources.blame(["zones", index], `zone ${name} is in Route 53 and has no id`, "names are not unique in Route 53");
  return { type: "route53", name, id: zone.id ?? "" };
}

function canonical(name: string, index: number, sources: ConfigSources): string {
  try {
    return parseRecordName(name);
  } catch (error) {
    if (!isAppError(error)) throw error;
    sources.blame(["zones", index, "name"], error.message, error.hint);
    return name;
  }
}

function issuerOf(entry: IssuerEntry, index: number, sources: ConfigSources): ConfiguredIssuer {
  const { externalAccountBinding: binding, ...issuer } = entry;
  if (binding === undefined) return issuer;
  const place = onePlace(binding.hmacKey);
  if (place === undefined)
    sources.blame(
      ["issuers", index, "externalAccountBinding", "hmacKey"],
      "hmacKey needs one of env, file and secretsManager",
    );
  return place === undefined ? issuer : { ...issuer, externalAccountBinding: { keyId: binding.keyId, macKey: place } };
}

function defaultIssuer(issuers: readonly ConfiguredIssuer[], sources: ConfigSources): ConfiguredIssuer | undefined {
  const { issuer: wanted } = sources.settings;
  if (wanted === undefined) {
    if (issuers.length > 1)
      sources.blame(["issuers"], "there are several issuers", "say with `issuer: NAME` which one is the usual one");
    return issuers[0];
  }
  const found = issuers.find(({ name }) => name === wanted);
  const names = issuers.map(({ name }) => name);
  if (found === undefined) sources.blame(["issuer"], `there is no issuer "${wanted}"`, didYouMean(wanted, names));
  return found;
}

function accountPlaceOf(store: ConfigFile["accountStore"], folder: string, sources: ConfigSources): AccountPlace {
  if (store === undefined) return { kind: "file", folder };
  const place = onePlace(store);
  if (place === undefined)
    sources.blame(["accountStore"], "accountStore needs one of env, file and secretsManager", "file names a folder");
  if (place?.kind === "environment") return place;
  if (place?.kind === "secrets-manager") return { kind: "secrets-manager", secretName: place.secretArn };
  return { kind: "file", folder: place?.path ?? folder };
}

function checkUnique(
  key: "issuers" | "accounts",
  entries: readonly { readonly name: string }[],
  sources: ConfigSources,
): void {
  const names = entries.map(({ name }) => name);
  names.forEach((name, index) => {
    if (names.indexOf(name) < index) sources.blame([key, index, "name"], `"${name}" is there twice`);
  });
}
