/** From configuration and command line to what a scan works with. */
import { readFile } from "node:fs/promises";
import { AwsAccess } from "../../aws/aws-access";
import type { AwsParts } from "../../aws/aws-settings";
import { systemClock } from "../../platform/clock";
import { AppError, messageOf } from "../../platform/errors";
import { secureContextTrusting } from "../../platform/extra-authorities";
import { LocatedYaml } from "../../platform/yaml-file/located-yaml";
import { parseShape } from "../../platform/yaml-file/parse-shape";
import { askDns } from "../../resolver/ask-dns";
import type { Config } from "../config/config";
import { configShape, knownKeys, type AccountEntry } from "../config/config-shape";
import { askCas } from "./ask-cas";
import { parseConnectTo } from "../../rollout/connect-to";
import type { HandshakeOptions } from "./observe-wire";
import type { AccountToScan, ScanOptions } from "./scan-estate";

/** What the command line says; it counts more than the configuration. */
export interface ScanChoices {
  readonly regions?: "all" | readonly string[];
  /** A YAML file with a list `accounts`, as in the configuration. */
  readonly accountsFile?: string;
  readonly connectTo?: readonly string[];
  /** A PEM file of roots to trust beside the public ones. */
  readonly rootsFile?: string;
  /** @default true */
  readonly handshakes?: boolean;
}

export interface PreparedScan {
  readonly options: ScanOptions;
  /** Ends kept connections. */
  close(): Promise<void>;
}

/** Errors: `missing_file`, `invalid_config`, `invalid_argument`. */
export async function prepareScan(config: Config, choices: ScanChoices, parts: AwsParts = {}): Promise<PreparedScan> {
  const { accountsFile } = choices;
  const entries = accountsFile === undefined ? config.accounts : await readAccounts(accountsFile);
  const chosen = choices.regions ?? config.regions;
  const homeRegion = config.engine.region ?? (Array.isArray(chosen) ? (chosen as readonly string[])[0] : undefined);
  if (homeRegion === undefined && chosen !== "all")
    throw new AppError("invalid_config", "no AWS region is configured", {
      hint: "set AWS_REGION, or say --regions all",
    });
  const accounts = openAccounts(entries ?? [ownAccount], homeRegion ?? "us-east-1", parts);
  const handshakes = (choices.handshakes ?? true) ? await prepareHandshakes(config, choices) : undefined;
  const { nameServers: servers } = config.engine;
  const asking = askCas({ issuers: config.issuers, cacheFolder: config.cacheFolder, clock: systemClock });
  return {
    options: {
      accounts,
      regions: chosen ?? [homeRegion ?? "us-east-1"],
      clock: parts.clock ?? systemClock,
      policy: config.renewal,
      owners: config.owners,
      askRenewalInfo: asking,
      lookUpCname: (name, signal) =>
        askDns(`CNAME ${name}`, undefined, async (resolver) => (await resolver.resolveCname(name))[0], {
          servers,
          signal,
        }),
      handshakes,
    },
    close: async () => {
      for (const { access } of accounts) access.close();
      await asking.close();
    },
  };
}

/** Whom handshakes trust, and where names are for them. Errors: `missing_file`, `invalid_argument`. */
export async function prepareHandshakes(
  { verify }: Pick<Config, "verify">,
  { connectTo = verify.connectTo, rootsFile = verify.roots }: Pick<ScanChoices, "connectTo" | "rootsFile">,
): Promise<HandshakeOptions> {
  const roots = rootsFile === undefined ? undefined : await readPem(rootsFile);
  return { trust: secureContextTrusting(roots), connectTo: connectTo.map(parseConnectTo) };
}

/** The account of the credentials found. */
const ownAccount: AccountEntry = { name: "own" };

function openAccounts(entries: readonly AccountEntry[], homeRegion: string, parts: AwsParts): AccountToScan[] {
  return entries.map(({ name, roleArn, externalId }) => {
    const assumeRole = roleArn === undefined ? undefined : { roleArn, externalId };
    return { name, homeRegion, access: new AwsAccess({ region: homeRegion, assumeRole }, parts) };
  });
}

async function readAccounts(file: string): Promise<readonly AccountEntry[]> {
  const shape = configShape.pick({ accounts: true }).required();
  return parseShape(new LocatedYaml(await read(file)), file, shape, { ...knownKeys, "": ["accounts"] }).accounts;
}

async function readPem(file: string): Promise<string> {
  const text = await read(file);
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new AppError("invalid_argument", `${file} holds no certificate in PEM`, { hint: "name a file of roots" });
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new AppError("missing_file", `cannot read ${file}: ${messageOf(error)}`, { cause: error });
  }
}
