/** The provider block and the environment as one value. The only place of the provider that reads the environment. */
import { homedir } from "node:os";
import { join } from "node:path";
import type { ProviderConfig } from "./provider-schema";

export type AccountPlace =
  | { readonly kind: "file"; readonly folder: string }
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "secrets-manager"; readonly secretName: string };

export interface ProviderSettings {
  /** Undefined where neither configuration nor environment names one; then each certificate has to. */
  readonly region?: string;
  readonly profile?: string;
  readonly assumeRole?: { readonly roleArn: string; readonly externalId?: string; readonly sessionName?: string };
  readonly edgeDns: { readonly edgerc?: string; readonly section?: string; readonly caFile?: string };
  readonly accountPlace: AccountPlace;
  readonly nameServers?: readonly string[];
  /** What was begun and must be cleaned up after a crash. */
  readonly journalFolder: string;
  /** What creates of records were about to write. */
  readonly claimsFolder: string;
  /** Public data that may be lost: renewal information of CAs. */
  readonly cacheFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/** XDG Base Directory Specification 0.8 for the defaults of folders. */
export function resolveSettings(
  config: ProviderConfig,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  homeFolder: string = homedir(),
): ProviderSettings {
  const folder = (variable: string, fallback: string) =>
    join(environment[variable] || join(homeFolder, fallback), "unexpired");
  const stateFolder = environment.UNEXPIRED_STATE_DIR || folder("XDG_STATE_HOME", ".local/state");
  return {
    region: config.region ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION || undefined),
    profile: config.profile ?? undefined,
    assumeRole: config.assume_role
      ? {
          roleArn: config.assume_role.role_arn,
          externalId: config.assume_role.external_id ?? undefined,
          sessionName: config.assume_role.session_name ?? undefined,
        }
      : undefined,
    edgeDns: {
      edgerc: config.edge_dns?.edgerc ?? undefined,
      section: config.edge_dns?.section ?? undefined,
      caFile: config.edge_dns?.ca_file ?? undefined,
    },
    accountPlace: accountPlace(config.account_store, join(folder("XDG_DATA_HOME", ".local/share"), "accounts")),
    nameServers: config.name_servers ?? undefined,
    journalFolder: join(stateFolder, "journal"),
    claimsFolder: join(stateFolder, "claims"),
    cacheFolder: folder("XDG_CACHE_HOME", ".cache"),
    environment,
    homeFolder,
  };
}

function accountPlace(store: ProviderConfig["account_store"], defaultFolder: string): AccountPlace {
  if (store?.environment) return { kind: "environment", variable: store.environment.variable };
  if (store?.secrets_manager) return { kind: "secrets-manager", secretName: store.secrets_manager.secret_name };
  return { kind: "file", folder: store?.file?.directory ?? defaultFolder };
}
