/** Many tools at once in one zone, through one proxy or several, before an Edge DNS in a bad mood. */
import { Agent } from "node:https";
import type { RecordSet } from "../../../src/dns/record-set";
import { HttpClient } from "../../../src/platform/http";
import { hostileEdgeDns } from "../../../src/sandbox/edge-dns/edge-dns-faults";
import { TestProxy } from "../running-proxy";
import type { StormClient, StormPlace } from "./storm-client";
import { acmeShLike, certbotLike, legoLike, ourOwn, poshAcmeLike } from "./tools";

export const zone = "example.test";
export const common = `_acme-challenge.${zone}`;
const kinds = ["lego", "acme-sh", "certbot", "posh-acme", "own"] as const;

/** Values of others that every client's bad habits would break, and records that nobody has a right to. */
export const foreign: readonly RecordSet[] = [
  txt(common, String.raw`"v=DKIM1; k=rsa, p=a\"b\\c" "second string"`, '"with, a comma; and a semicolon"'),
  txt(`other.${zone}`, '"left alone"'),
  { name: `www.${zone}`, type: "A", ttlSeconds: 300, rdata: ["192.0.2.7"] },
  { name: `mail.${zone}`, type: "MX", ttlSeconds: 300, rdata: [`10 mx.${zone}.`] },
];

export interface Tool extends StormClient {
  readonly place: StormPlace;
}

export class Storm {
  private readonly agents: Agent[] = [];
  private readonly clients: HttpClient[] = [];

  private constructor(readonly proxy: TestProxy) {}

  /** One team, and so one token, for each kind of tool: processes of one kind cannot be told apart by who they are. */
  static async start(names: number): Promise<Storm> {
    const hosts = [zone, ...Array.from({ length: names }, (_, index) => `h${index}.${zone}`)];
    const policy = {
      clients: kinds.map((name) => ({ name, tokens: [`{token:${name}}`], requestsPerMinute: 1_000_000 })),
      grants: kinds.map((client) => ({ client, zone, allow: "acme-challenge", names: hosts })),
    };
    const proxy = await TestProxy.start({
      policy: Object.entries(policy)
        .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
        .join(""),
      zones: { [zone]: foreign },
      faults: { ...hostileEdgeDns, maxPageSize: 25 },
      // a machine that does other things as well is no reason to give up
      options: { limits: { deadlineMs: 240_000 } },
    });
    return new Storm(proxy);
  }

  /** The tools by turns, each with a value of its own at this name. `port`: of the one proxy that they all use. */
  tools(count: number, nameOf: (index: number) => string, first = 0, port?: number): Tool[] {
    return Array.from({ length: count }, (_, index) => {
      const place = { zone, name: nameOf(index), value: `${first + index}-`.padEnd(43, "v") };
      return { ...this.tool(index, place, port), place };
    });
  }

  private tool(index: number, place: StormPlace, port?: number): StormClient {
    const kind = kinds[index % kinds.length] ?? "lego";
    const send = this.proxy.as(kind, { port });
    switch (kind) {
      case "lego":
        return legoLike(send, this.keptConnection(), place);
      case "acme-sh":
        return acmeShLike(send, place);
      case "certbot":
        return certbotLike(send, this.keptConnection(), place);
      case "posh-acme":
        return poshAcmeLike(send, place);
      case "own":
        return ourOwn(
          this.credentials(kind, port ?? this.proxy.proxies[index % this.proxy.proxies.length]?.port),
          this.ownClient(),
          place,
        );
    }
  }

  isStanding({ name, value }: StormPlace): boolean {
    return this.valuesAt(name).includes(`"${value}"`);
  }

  valuesAt(name: string): readonly string[] {
    return this.proxy.store.recordSet(zone, name, "TXT")?.rdata ?? [];
  }

  /** Everything in the zone but what every zone has. */
  standing(): RecordSet[] {
    const always = new Set(["SOA", "NS"]);
    return this.proxy.store
      .recordSets(zone)
      .filter(({ name, type }) => !always.has(type) && !/^ns\d\./.test(name))
      .map((set) => ({ ...set, rdata: [...set.rdata].sort() }));
  }

  async stop(): Promise<void> {
    for (const agent of this.agents) agent.destroy();
    for (const http of this.clients) await http.close();
    await this.proxy.stop();
  }

  private credentials(client: string, port: number = this.proxy.proxy.port) {
    return { ...this.proxy.credentials(client), host: `127.0.0.1:${port}` };
  }

  /** Each tool is a process of its own. */
  private ownClient(): HttpClient {
    const http = new HttpClient({ ca: this.proxy.proxyCa });
    this.clients.push(http);
    return http;
  }

  private keptConnection(): Agent {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    this.agents.push(agent);
    return agent;
  }
}

function txt(name: string, ...rdata: string[]): RecordSet {
  return { name, type: "TXT", ttlSeconds: 3600, rdata };
}
