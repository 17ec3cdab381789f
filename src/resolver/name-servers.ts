/**
 * Asks name servers directly, past every cache. Used to see whether a challenge record is served, to follow a CNAME at
 * the challenge name and to read CAA. Not for ordinary look-ups.
 */
import type { CaaRecord } from "node:dns";
import { canonicalName } from "../dns/record-set";
import { AppError, toAppError } from "../platform/errors";
import { askDns } from "./ask-dns";
import { checkServerAddress, type ServerAddress } from "./server-address";

export interface NameServersOptions {
  /** Servers that override NS discovery, for split horizons and tests. @default those that NS records name */
  readonly servers?: readonly ServerAddress[];
  /** Resolvers that find name servers, and are asked where an override refuses. @default the system's */
  readonly resolvers?: readonly ServerAddress[];
  /** For one question to one server. @default 3,000 ms */
  readonly timeoutMs?: number;
  /** @default 3 */
  readonly tries?: number;
  /** Where discovered servers listen; for tests. @default 53 */
  readonly port?: number;
}

/** One authoritative server. It may have several addresses, not all of them reachable from here. */
export interface NameServer {
  readonly name: string;
  readonly addresses: readonly ServerAddress[];
}

export class NameServers {
  constructor(private readonly options: NameServersOptions = {}) {
    options.servers?.forEach(checkServerAddress);
  }

  /** Every server that answers for the zone with authority. Errors: `dns_lookup`, `aborted`. */
  async authoritativeFor(zone: string, signal?: AbortSignal): Promise<NameServer[]> {
    const { servers, resolvers, port = 53 } = this.options;
    if (servers) return servers.map((address) => ({ name: address, addresses: [address] }));
    const ask = { ...this.options, servers: resolvers, signal };
    const hosts = await askDns(`NS ${zone}`, [], (resolver) => resolver.resolveNs(zone), ask);
    const found = await Promise.all(
      hosts.map(async (name) => {
        const [v4, v6] = await Promise.all([
          askDns(`A ${name}`, [], (resolver) => resolver.resolve4(name), ask),
          askDns(`AAAA ${name}`, [], (resolver) => resolver.resolve6(name), ask),
        ]);
        return { name, addresses: [...v4.map((each) => `${each}:${port}`), ...v6.map((each) => `[${each}]:${port}`)] };
      }),
    );
    if (found.every(({ addresses }) => addresses.length === 0))
      throw new AppError("dns_lookup", `no address of a name server of ${zone} was found`, {
        hint: "check the delegation of the zone, or set name_servers",
      });
    return found;
  }

  /**
   * TXT values at a name as one server serves them, each joined from its strings. One address that answers is enough:
   * a machine without IPv6 reaches no server there. Errors: `dns_lookup` of the last address, `aborted`.
   */
  async txtValues(name: string, server: NameServer, signal?: AbortSignal): Promise<string[]> {
    let last = new AppError("dns_lookup", `${server.name} has no address`);
    for (const address of server.addresses)
      try {
        const ask = { ...this.options, servers: [address], signal };
        const records = await askDns(`TXT ${name} at ${address}`, [], (resolver) => resolver.resolveTxt(name), ask);
        return records.map((strings) => strings.join(""));
      } catch (error) {
        last = toAppError(error);
        if (last.code !== "dns_lookup") throw last;
      }
    throw last;
  }

  /** The target of a CNAME at the name, canonical; undefined if there is none. Errors: `dns_lookup`, `aborted`. */
  async cnameOf(name: string, signal?: AbortSignal): Promise<string | undefined> {
    const [target] = await this.anywhere(`CNAME ${name}`, (resolver) => resolver.resolveCname(name), signal);
    return target === undefined ? undefined : canonicalName(target);
  }

  /** Errors: `dns_lookup`, `aborted`. */
  async caaOf(name: string, signal?: AbortSignal): Promise<CaaRecord[]> {
    return this.anywhere(`CAA ${name}`, (resolver) => resolver.resolveCaa(name), signal);
  }

  /**
   * Overriding servers first, since only they may know the zone as it is inside. They are authoritative servers and
   * refuse names of other zones (a parent's CAA, the target of a CNAME): those are asked of resolvers.
   */
  private async anywhere<T>(
    question: string,
    lookUp: Parameters<typeof askDns<T[]>>[2],
    signal: AbortSignal | undefined,
  ): Promise<T[]> {
    const { servers, resolvers } = this.options;
    const elsewhere = { ...this.options, servers: resolvers, signal };
    if (servers === undefined) return askDns(question, [], lookUp, elsewhere);
    try {
      return await askDns(question, [], lookUp, { ...this.options, signal });
    } catch (error) {
      if (toAppError(error).facts.refused !== true) throw error;
      return askDns(question, [], lookUp, elsewhere);
    }
  }
}
