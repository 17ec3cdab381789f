/** Asks the DNS server that the CA validates against. */
import { promises as dns, type CaaRecord } from "node:dns";
import { messageOf } from "../../../platform/errors";

export interface DnsAnswers {
  /** Values at the name, or where its CNAMEs lead; empty if there are none. Throws DnsFailure. */
  txt(name: string): Promise<string[]>;
  /** The CAA set of exactly this name, or where its CNAMEs lead; empty if there is none. Throws DnsFailure. */
  caa(name: string): Promise<CaaRecord[]>;
}

export class DnsFailure extends Error {
  constructor(
    /** NXDOMAIN, SERVFAIL, REFUSED … */
    readonly reason: string,
    readonly question: string,
  ) {
    super(`DNS problem: ${reason} looking up ${question}`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: "NXDOMAIN",
  ESERVFAIL: "SERVFAIL",
  EREFUSED: "REFUSED",
  ETIMEOUT: "query timed out",
};

/** Longer chains of CNAMEs are loops. */
const longestChain = 8;

/** One resolver for the life of the CA; it keeps no cache, so that a new value counts at once. */
export function dnsAnswersFrom(server: { readonly host: string; readonly port: number }): DnsAnswers {
  const resolver = new dns.Resolver({ timeout: 2000, tries: 2 });
  resolver.setServers([`${server.host}:${server.port}`]);

  /**
   * An authoritative server answers a CNAME into another zone with the CNAME alone; the resolver shows that as an empty
   * answer (NODATA is an error of its own). Then the chain is ours to follow.
   */
  async function follow<T>(type: string, name: string, ask: (name: string) => Promise<T[]>): Promise<T[]> {
    let owner = name;
    for (let link = 0; link < longestChain; link++) {
      const found = await answer(type, owner, () => ask(owner));
      if (found === undefined) return [];
      if (found.length > 0) return found;
      const [target] = (await answer("CNAME", owner, () => resolver.resolveCname(owner))) ?? [];
      if (target === undefined) return [];
      owner = target;
    }
    throw new DnsFailure("CNAME loop", `${type} for ${name}`);
  }

  return {
    txt: (name) =>
      follow("TXT", name, async (owner) => (await resolver.resolveTxt(owner)).map((parts) => parts.join(""))),
    caa: (name) => follow("CAA", name, (owner) => resolver.resolveCaa(owner)),
  };
}

/** undefined for NODATA: the name exists, without a record of this type. */
async function answer<T>(type: string, name: string, ask: () => Promise<T[]>): Promise<T[] | undefined> {
  try {
    return await ask();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "ENODATA") return undefined;
    throw new DnsFailure(reasons[code] ?? messageOf(error), `${type} for ${name}`);
  }
}
