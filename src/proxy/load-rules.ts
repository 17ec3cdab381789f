/** Everything that a reload may change: the policy file, and what the files and secrets that it names hold. */
import { dirname, resolve } from "node:path";
import { createSecureContext } from "node:tls";
import { loadEdgeGridCredentials } from "../akamai/edgerc";
import type { EdgeGridCredentials } from "../akamai/edgegrid-sign";
import { AppError, messageOf } from "../platform/errors";
import type { Redactor } from "../platform/redact";
import type { MasterKeys } from "./identity/client-secret";
import type { TrustedIssuer } from "./identity/oidc/trusted-issuer";
import { loadMasterKeys, type SecretSources } from "./identity/master-keys";
import type { ProxyConfig } from "./policy-file/parse-policy-file";
import { readNamedFile } from "../platform/yaml-file/read-named-file";
import { readPolicyFile } from "./policy-file/read-policy-file";

export interface RuleSources extends SecretSources {
  readonly policyFile: string;
  /** Where `.edgerc` is looked for if nothing names one. */
  readonly homeFolder: string;
}

/** PEM. */
export interface TlsIdentity {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface Rules {
  readonly config: ProxyConfig;
  readonly masterKeys: MasterKeys;
  /** Undefined is plain HTTP. */
  readonly tls?: TlsIdentity;
  readonly credentials: EdgeGridCredentials;
  readonly standbyCredentials?: EdgeGridCredentials;
  readonly issuers: readonly TrustedIssuer[];
  /** PEM to trust upstream beside the public authorities. */
  readonly upstreamCa?: string;
}

/** Errors: `invalid_config`, `invalid_credentials`, `missing_file`, those of AWS. Nothing is changed by it. */
export async function loadRules(sources: RuleSources): Promise<Rules> {
  const { policyFile, environment, homeFolder } = sources;
  const config = readPolicyFile(policyFile);
  const path = (name: string) => resolve(dirname(policyFile), name);
  const { edgerc, section, standbySection, caFile } = config.upstream;
  const edgercFile = edgerc === undefined ? undefined : path(edgerc);
  const credentialsIn = (name: string | undefined) =>
    loadEdgeGridCredentials({ edgercFile, section: name, environment, homeFolder });
  return {
    config,
    masterKeys: await loadMasterKeys(config, policyFile, sources),
    tls: config.listen.tls && readIdentity(config.listen.tls, path),
    credentials: credentialsIn(section),
    standbyCredentials: standbySection === undefined ? undefined : credentialsIn(standbySection),
    issuers: config.oidcIssuers.map(({ caFile: file, ...issuer }, index) => ({
      ...issuer,
      ca: file === undefined ? undefined : readNamedFile(path(file), `oidcIssuers[${index}].caFile`),
    })),
    upstreamCa: caFile === undefined ? undefined : readNamedFile(path(caFile), "upstream.caFile"),
  };
}

/** Tells a log's redactor what must never show. */
export function hideSecrets(rules: Rules, redactor: Redactor | undefined): void {
  const { masterKeys, tls, credentials, standbyCredentials } = rules;
  const edgeGrid = [credentials, standbyCredentials].flatMap((each) => [each?.clientSecret, each?.accessToken]);
  for (const secret of [masterKeys.current, masterKeys.previous, tls?.privateKey, ...edgeGrid])
    if (secret !== undefined) redactor?.hide(secret);
}

function readIdentity(
  { certificateFile, privateKeyFile }: NonNullable<ProxyConfig["listen"]["tls"]>,
  path: (name: string) => string,
): TlsIdentity {
  const certificate = readNamedFile(path(certificateFile), "listen.tls.certificateFile");
  const privateKey = readNamedFile(path(privateKeyFile), "listen.tls.privateKeyFile");
  try {
    createSecureContext({ cert: certificate, key: privateKey });
  } catch (error) {
    const files = `${certificateFile} and ${privateKeyFile}`;
    throw new AppError("invalid_config", `cannot serve TLS with ${files}: ${messageOf(error)}`, {
      hint: "both must be PEM, and the key must be the one of the first certificate",
      cause: error,
    });
  }
  return { certificate, privateKey };
}
