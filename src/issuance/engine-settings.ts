/** What an engine works with, wherever it was configured: a provider block, manage-certs.yaml, the environment. */
export interface EngineSettings {
  /** Undefined where neither configuration nor environment names one; then each certificate has to. */
  readonly region?: string;
  readonly profile?: string;
  readonly assumeRole?: { readonly roleArn: string; readonly externalId?: string; readonly sessionName?: string };
  readonly edgeDns: { readonly edgerc?: string; readonly section?: string; readonly caFile?: string };
  readonly accountPlace: AccountPlace;
  /** `host:port` in place of discovery by NS records. */
  readonly nameServers?: readonly string[];
  /** What was begun and must be cleaned up after a crash. */
  readonly journalFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/** Where ACME account keys are kept. */
export type AccountPlace =
  | { readonly kind: "file"; readonly folder: string }
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "secrets-manager"; readonly secretName: string };
