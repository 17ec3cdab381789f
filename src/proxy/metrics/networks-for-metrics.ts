import type { ProxyConfig } from "../policy-file/parse-policy-file";

const loopback = ["127.0.0.0/8", "::1/128"];

/**
 * Who may read the metrics, which name all clients. Behind a terminator of TLS everybody comes from its address, often
 * from this very machine, so nobody may until somebody says who.
 */
export function networksForMetrics({ listen, metrics }: Pick<ProxyConfig, "listen" | "metrics">): readonly string[] {
  return metrics?.cidrs ?? (listen.insecurePlainHttp === true ? [] : loopback);
}
