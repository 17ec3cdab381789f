import type { ProxyConfig } from "./policy-file/parse-policy-file";

/** Settings that belong to a socket or a file that stays open: what they are now is used until the proxy ends. */
const settled: Readonly<Record<string, (config: ProxyConfig) => unknown>> = {
  "listen.host": ({ listen }) => listen.host,
  "listen.port": ({ listen }) => listen.port,
  "listen.insecurePlainHttp": ({ listen }) => listen.insecurePlainHttp === true,
  "coordination.postgres": ({ coordination }) => coordination?.postgres,
  "coordination.postgresEnv": ({ coordination }) => coordination?.postgresEnv,
  "audit.file": ({ audit }) => audit.file,
  janitor: ({ janitor }) => janitor && janitor.afterSeconds,
};

/** The settings that differ and count from the next start only. */
export function keysThatNeedARestart(inForce: ProxyConfig, wanted: ProxyConfig): string[] {
  return Object.entries(settled)
    .filter(([, valueIn]) => valueIn(inForce) !== valueIn(wanted))
    .map(([key]) => key);
}
