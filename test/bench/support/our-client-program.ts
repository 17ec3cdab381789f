/** Issues certificates by our ACME code, in a process of its own. Arguments: what `places` of the sandbox says, as JSON. */
import { AcmeConnection } from "../../../src/acme/connection";
import { openAccount } from "../../../src/acme/open-account";
import { issue } from "../../support/acme-issue";
import { MemoryAccountStore } from "../../support/memory-account-store";
import { serveOperations } from "./child-program";
import { inParallel } from "../../support/in-parallel";
import { firstPollMs, type Batch, type BatchResult } from "./issuing";
import type { SandboxPlaces } from "./sandbox-program";
import { TxtSetter } from "./txt-setter";

const { acme, txtUrl } = JSON.parse(process.argv[2] ?? "") as SandboxPlaces;
const connection = new AcmeConnection({ directoryUrl: acme.directoryUrl, ca: acme.caPem });
const opening = openAccount(connection, { store: new MemoryAccountStore() });
const txt = new TxtSetter(txtUrl);
const dns = {
  setTxt: (name: string, value: string) => txt.set({ name, values: [value] }),
  clearTxt: (name: string) => txt.set({ name, values: [] }),
};

const operations = {
  issue: async ({ names, concurrency }: Batch): Promise<BatchResult> => {
    const account = await opening;
    const before = { requests: connection.requests, connections: connection.connectionsOpened };
    const begin = performance.now();
    await inParallel(names, concurrency, (name) => issue(account, { names: [name], dns, firstDelayMs: firstPollMs }));
    return {
      elapsedMs: performance.now() - begin,
      requests: connection.requests - before.requests,
      connections: connection.connectionsOpened - before.connections,
    };
  },
};

export type OurOperations = typeof operations;

serveOperations(operations);
