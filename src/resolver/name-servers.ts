/**
 * Asks name servers directly, past every cache. Used to see whether a challenge record is served, to follow a CNAME at
 * the challenge name, to find a zone and to read CAA. Not for ordinary look-ups.
 */
import { Resolver } from "node:dns/promises";
import type { CaaRecord } from "node:dns";
import { AppError, messageOf } from "../platform/errors";
import { canonicalName } from "../dns/record-set";
import { checkServerAddress, type ServerAddress } from "./server-address";

export interface NameServersOptions {
  /** Servers that override NS discovery, for split horizons and tests. @default the system's resolvers find them */
  readonly servers?: readonly ServerAddress[];
  /** For one question to one server. @default 3,000 ms */
  readonly timeoutMs?: number;
  /** @default 3 */
  readonly tries?: number;
}

/** What a server said: records, or that there are none. Anything else is a thrown `dns_lookup`. */
const absent = new Set(["ENODATA", "ENOTFOUND"]);

export class NameServers {
  private readonly options: Required<Omit<NameServersOptions, "servers">> & { servers?: readonly ServerAddress[] };

  constructor(options: NameServersOptions = {}) {
    this.options = { timeoutMs: 3_000, tries: 3, ...options };
    options.servers?.forEach(checkServerAddress);
  }

  /** Every server that answers for the zone with authority, as address with port. Errors: `dns_lookup`. */
  async authoritativeFor(zone: string): Promise<ServerAddress[]> {
    if (this.options.servers) return [...this.options.servers];
    const recursive = this.resolver();
    const hosts = await ask(`NS ${zone}`, [], () => recursive.resolveNs(zone));
    const addresses = await Promise.all(
      hosts.map(async (host) => [
        ...(await ask(`A ${host}`, [], () => recursive.resolve4(host))).map((address) => `${address}:53`),
        ...(await ask(`AAAA ${host}`, [], () => recursive.resolve6(host))).map((address) => `[${address}]:53`),
      ]),
    );
    const found = addresses.flat();
    if (found.length === 0)
      throw new AppError("dns_lookup", `no address of a name server of ${zone} was found`, {
        hint: "check the delegation of the zone, or set name_servers",
      });
    return found;
  }

  /** TXT values at a name as one server serves them, each joined from its strings. */
  async txtValues(name: string, server: ServerAddress): Promise<string[]> {
    const records = await ask(`TXT ${name} at ${server}`, [], () => this.resolver([server]).resolveTxt(name));
    return records.map((strings) => strings.join(""));
  }

  /** The target of a CNAME at the name, canonical; undefined if there is none. */
  async cnameOf(name: string, server?: ServerAddress): Promise<string | undefined> {
    const [target] = await ask(`CNAME ${name}`, [], () => this.resolver(serverList(server)).resolveCname(name));
    return target === undefined ? undefined : canonicalName(target);
  }

  async caaOf(name: string): Promise<CaaRecord[]> {
    return ask(`CAA ${name}`, [], () => this.resolver().resolveCaa(name));
  }

  private resolver(servers: readonly ServerAddress[] | undefined = this.options.servers): Resolver {
    const resolver = new Resolver({ timeout: this.options.timeoutMs, tries: this.options.tries });
    if (servers) resolver.setServers(servers);
    return resolver;
  }
}

function serverList(server: ServerAddress | undefined): readonly ServerAddress[] | undefined {
  return server === undefined ? undefined : [server];
}

async function ask<T>(question: string, none: T, lookUp: () => Promise<T>): Promise<T> {
  try {
    return await lookUp();
  } catch (error) {
    if (absent.has((error as NodeJS.ErrnoException).code ?? "")) return none;
    throw new AppError("dns_lookup", `the DNS question ${question} got no usable answer: ${messageOf(error)}`, {
      retryable: true,
      cause: error,
    });
  }
}
