/** Puts a proxy together from its policy file and what that file names. Start reading here. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { edgeDnsRetryPolicy } from "../akamai/edge-dns-client";
import { loadEdgeGridCredentials } from "../akamai/edgerc";
import { systemClock, type Clock, type Sleep } from "../platform/clock";
import { AppError, messageOf } from "../platform/errors";
import { HttpClient } from "../platform/http";
import { silentLogger, type Logger } from "../platform/log";
import type { RetryPolicy } from "../platform/retry";
import { openAuditFile } from "./audit";
import { startServer } from "./http/start-server";
import { Authenticator } from "./identity/authenticate";
import { parseMasterKey, type MasterKey } from "./identity/client-secret";
import { SeenRecordSets } from "./merge/seen-record-sets";
import type { ProxyParts } from "./operations/call";
import { parsePolicyFile, type ProxyConfig } from "./policy-file/parse-policy-file";
import { edgeDnsUpstream } from "./upstream/edge-dns-upstream";
import { defaultDeadlineMs, ZoneWriters, type ZoneWriterLimits } from "./zone-writers";

/** A rate limit that asks for more than this, in milliseconds, is the client's to wait out. */
const longestPauseMs = 20_000;
const readRetryPolicy: RetryPolicy = { ...edgeDnsRetryPolicy, maxDelayMs: longestPauseMs };

/** More tries than anybody has the patience for: what ends them is the deadline of the zone's writers. */
const writeRetryPolicy: RetryPolicy = { ...readRetryPolicy, attempts: 20 };

export interface ProxyOptions {
  readonly policyFile: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where `.edgerc` is looked for if nothing names one. */
  readonly homeFolder: string;
  readonly logger?: Logger;
  /** @default the system clock */
  readonly clock?: Clock;
  /** Of writes; the deadline is that of reads, too. */
  readonly limits?: ZoneWriterLimits;
  /** Between tries upstream. @default the real one */
  readonly sleep?: Sleep;
}

export interface RunningProxy {
  readonly host: string;
  readonly port: number;
  /** Finishes the requests in work, then lets go of everything. */
  close(): Promise<void>;
}

/** Errors: `invalid_config`, `invalid_credentials`, `missing_file`, `store_unwritable`. Then nothing has been started. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { clock = systemClock, logger = silentLogger, sleep, environment } = options;
  const config = readPolicyFile(options.policyFile);
  const path = (name: string) => resolve(dirname(options.policyFile), name);
  const masterKey = loadMasterKey(config, options.policyFile, environment);
  const { tls } = config.listen;
  const pem = tls && {
    certificate: readNamedFile(path(tls.certificateFile), "listen.tls.certificateFile"),
    privateKey: readNamedFile(path(tls.privateKeyFile), "listen.tls.privateKeyFile"),
  };
  const { edgerc, section, caFile } = config.upstream;
  const edgercFile = edgerc === undefined ? undefined : path(edgerc);
  const credentials = loadEdgeGridCredentials({ edgercFile, section, environment, homeFolder: options.homeFolder });
  const http = new HttpClient({ caFile: caFile === undefined ? undefined : path(caFile) });
  const audit = await openAuditFile(path(config.audit.file), clock);
  const parts: ProxyParts = {
    policy: config.policy,
    upstream: edgeDnsUpstream({ credentials, http, clock, logger, sleep, retryPolicy: readRetryPolicy }),
    writers: new ZoneWriters(options.limits),
    seen: new SeenRecordSets(clock),
    audit,
    logger,
    clock,
    writeRetryPolicy,
    readDeadlineMs: options.limits?.deadlineMs ?? defaultDeadlineMs,
    sleep,
  };
  const authenticator = new Authenticator(config.policy, masterKey, config.listen.names, clock);
  const release = async () => {
    await http.close();
    await audit.close();
  };
  try {
    const server = await startServer({ ...config.listen, tls: pem, parts, authenticator });
    return { host: server.host, port: server.port, close: () => server.close().finally(release) };
  } catch (error) {
    await release();
    throw new AppError("network", `cannot listen: ${messageOf(error)}`, { cause: error });
  }
}

/** Reads and checks the policy file. Errors: `missing_file`, `invalid_config`. */
export function readPolicyFile(file: string): ProxyConfig {
  return parsePolicyFile(readNamedFile(file, "the policy file"), file);
}

/** The master key from where the policy file says. Errors: `missing_file`, `invalid_config`. */
export function loadMasterKey(
  { masterKey }: ProxyConfig,
  policyFile: string,
  environment: ProxyOptions["environment"],
): MasterKey {
  if (masterKey.file !== undefined) {
    const file = resolve(dirname(policyFile), masterKey.file);
    return parseMasterKey(readNamedFile(file, "masterKey.file"), file);
  }
  const variable = masterKey.env ?? "";
  const text = environment[variable];
  if (text === undefined || text === "")
    throw new AppError("invalid_config", `the environment variable ${variable} that holds the master key is not set`, {
      hint: 'make a key once with "openssl rand -base64 48" and keep it',
    });
  return parseMasterKey(text, `environment variable ${variable}`);
}

function readNamedFile(file: string, role: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new AppError("missing_file", `cannot read ${role}: ${messageOf(error)}`, { cause: error });
  }
}
