/**
 * A certificate for a name and its wildcard in one order, as the engine issues it: both values in one record set through
 * Edge DNS, journal, CAA, order, clean-up. The time in which it only waits for name servers is not counted.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AcmeConnection } from "../../../src/acme/connection";
import { openAccount } from "../../../src/acme/open-account";
import { EdgeDnsClient } from "../../../src/akamai/edge-dns-client";
import { RecordSetEditor } from "../../../src/akamai/record-set-editor";
import { parseDomainName } from "../../../src/certificates/domain-name";
import { EdgeDnsChallengeRecords } from "../../../src/issuance/edge-dns-challenge-records";
import { issueCertificate } from "../../../src/issuance/issue-certificate";
import { IssuanceJournal } from "../../../src/issuance/journal";
import { HttpClient } from "../../../src/platform/http";
import type { Logger } from "../../../src/platform/log";
import { NameServers } from "../../../src/resolver/name-servers";
import { MemoryAccountStore } from "../../support/memory-account-store";
import { nameServersOf } from "../../support/provider-world";
import type { Benchmark } from "../benchmark";
import { median, timed } from "../rounds";
import { freshNames } from "../support/issuing";
import { withSandbox } from "../support/sandbox";
import type { SandboxPlaces } from "../support/sandbox-program";

export const benchmark: Benchmark = {
  subject: "apex and wildcard",
  measure: () =>
    withSandbox(async ({ places }) => {
      const folder = mkdtempSync(join(tmpdir(), "unexpired-bench-"));
      try {
        const seconds: number[] = [];
        // each with connections and an account of its own: the first certificate of a process is the slow one
        for (let round = 0; round < 7; round++) seconds.push((await issueOne(places, folder)) / 1000);
        return [
          { name: "apex-and-wildcard", value: median(seconds), unit: "s beyond DNS waits", budget: { atMost: 2 } },
        ];
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }),
};

/** Milliseconds, waits for name servers taken off. */
async function issueOne(places: SandboxPlaces, folder: string): Promise<number> {
  const http = new HttpClient({ caFile: places.files.edgeDnsCaFile });
  const client = new EdgeDnsClient({ credentials: places.edgeDns.credentials, http });
  const connection = new AcmeConnection({ directoryUrl: places.acme.directoryUrl, ca: places.acme.caPem });
  const store = new MemoryAccountStore();
  const wait = dnsWait();
  const [name = ""] = freshNames(1);
  try {
    const elapsed = await timed(() =>
      issueCertificate(
        {
          names: [name, `*.${name}`].map(parseDomainName),
          keyAlgorithm: "EC_prime256v1",
          zones: [{ type: "edge_dns", name: "example.gov" }],
        },
        {
          directoryUrl: places.acme.directoryUrl,
          account: (signal) => openAccount(connection, { store, signal }),
          records: new EdgeDnsChallengeRecords({ client, editor: new RecordSetEditor({ client }) }),
          nameServers: new NameServers({ servers: nameServersOf(places) }),
          journal: new IssuanceJournal(join(folder, "journal")),
          log: wait.log,
        },
        async (issued) => issued,
      ),
    );
    return elapsed - wait.milliseconds();
  } finally {
    await Promise.all([connection.close(), http.close()]);
  }
}

/** Takes the wait from the two lines that the engine logs around it. */
function dnsWait(): { readonly log: Logger; milliseconds(): number } {
  const moments = new Map<string, number>();
  const moment = (message: string) => {
    const at = moments.get(message);
    if (at === undefined) throw new Error(`the engine did not log "${message}"`);
    return at;
  };
  return {
    log: { log: (_level, message) => void moments.set(message, performance.now()) },
    milliseconds: () =>
      moment("challenge values are served by every name server") - moment("challenge values are written"),
  };
}
