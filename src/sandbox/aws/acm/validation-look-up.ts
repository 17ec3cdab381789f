/** What ACM asks the DNS: the CNAME that proves a name, and whether CAA lets Amazon issue. */
import { promises as dns } from "node:dns";
import { AcmeProblem } from "../../acme-ca/problems";
import { checkCaa } from "../../acme-ca/validation/check-caa";
import { dnsAnswersFrom } from "../../acme-ca/validation/dns-answers";
import type { ValidationRecord } from "./certificate-request";

export interface ValidationLookUp {
  /** Whether the record is there; a look-up that fails says no. */
  isProved(record: ValidationRecord): Promise<boolean>;
  /** Undefined where the look-up fails. */
  isPermitted(name: string): Promise<boolean | undefined>;
}

/** Where there is no name server to ask, nothing is ever proved. */
export const noLookUp: ValidationLookUp = {
  isProved: () => Promise.resolve(false),
  isPermitted: () => Promise.resolve(undefined),
};

/** ACM user guide, "Configure a CAA record". */
const identities = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];

/** A record may be delegated by an alias to another zone; longer chains are loops. */
const longestChain = 5;

export function lookUpAt(server: { readonly host: string; readonly port: number }): ValidationLookUp {
  const resolver = new dns.Resolver({ timeout: 2000, tries: 2 });
  resolver.setServers([`${server.host}:${server.port}`]);
  const answers = dnsAnswersFrom(server);
  return {
    async isProved({ name, value }) {
      let owner = withoutDot(name);
      for (let link = 0; link < longestChain; link++) {
        const [target] = await resolver.resolveCname(owner).catch(() => []);
        if (target === undefined) return false;
        owner = withoutDot(target);
        if (owner === withoutDot(value)) return true;
      }
      return false;
    },
    async isPermitted(name) {
      const wildcard = name.startsWith("*.");
      const question = { name: name.replace(/^\*\./, ""), wildcard, identities, accountUrl: "", method: "dns-01" };
      try {
        await checkCaa(question, answers);
        return true;
      } catch (error) {
        if (!(error instanceof AcmeProblem)) throw error;
        return error.document.type.endsWith(":caa") ? false : undefined;
      }
    },
  };
}

function withoutDot(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
