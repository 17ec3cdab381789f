/** The provider block and the environment as one value. The only place of the provider that reads the environment. */
import { homedir } from "node:os";
import { join } from "node:path";
import type { AccountPlace, EngineSettings } from "../../issuance/engine-settings";
import { AppError } from "../../platform/errors";
import { userFolders } from "../../platform/user-folders";
import type { PolicyChoice } from "../../policy/policy-choice";
import type { EnforcedPolicy } from "../../policy/told-finding";
import type { ProviderConfig } from "./provider-schema";

export interface ProviderSettings extends EngineSettings {
  /** What creates of records were about to write. */
  readonly claimsFolder: string;
  /** Public data that may be lost: renewal information of CAs. */
  readonly cacheFolder: string;
  /** Of the provider, for the ledger. */
  readonly version?: string;
  /** Undefined: there is no policy. */
  readonly policy?: PolicyChoice;
  /** The policy, once it has been read. */
  readonly enforced?: EnforcedPolicy;
}

export type SettingsWithPolicy = ProviderSettings & { readonly enforced: EnforcedPolicy };

export function hasPolicy(settings: ProviderSettings | null): settings is SettingsWithPolicy {
  return settings?.enforced !== undefined;
}

export function resolveSettings(
  config: ProviderConfig,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  homeFolder: string = homedir(),
): ProviderSettings {
  const folders = userFolders(environment, homeFolder);
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
    accountPlace: accountPlace(config.account_store, join(folders.data, "accounts")),
    nameServers: config.name_servers ?? undefined,
    journalFolder: join(folders.state, "journal"),
    claimsFolder: join(folders.state, "claims"),
    cacheFolder: folders.cache,
    policy: policyOf(config.policy, environment.UNEXPIRED_POLICY),
    environment,
    homeFolder,
  };
}

/** Errors: `invalid_config` where the block names no file, and the environment neither. */
function policyOf(policy: ProviderConfig["policy"], usualFile: string | undefined): PolicyChoice | undefined {
  const file = policy?.file ?? (usualFile || undefined);
  if (policy === null && file === undefined) return undefined;
  if (file === undefined)
    throw new AppError("invalid_config", "policy names no file", { hint: "set policy.file, or UNEXPIRED_POLICY" });
  return { file, owner: policy?.owner ?? undefined, tier: policy?.tier ?? undefined };
}

function accountPlace(store: ProviderConfig["account_store"], defaultFolder: string): AccountPlace {
  if (store?.environment) return { kind: "environment", variable: store.environment.variable };
  if (store?.secrets_manager) return { kind: "secrets-manager", secretName: store.secrets_manager.secret_name };
  return { kind: "file", folder: store?.file?.directory ?? defaultFolder };
}
