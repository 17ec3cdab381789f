/** Debian's Pebble, a name server beside it, and what each client takes for certificates of it. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startPebble } from "../../support/pebble";
import { nameServersOf } from "../../support/provider-world";
import { timed } from "../rounds";
import { issuingClients, prepareClients, type IssuingClient } from "./issuing-clients";
import { callersNode } from "./node-environment";
import { withSandbox } from "./sandbox";

export interface Took {
  readonly seconds: number;
  /** Of the client with its hooks; not of the CA and the name server. */
  readonly processorSeconds: number;
}

/** Programs with the Debian packages that bring them. */
export const programsOfLoops = {
  pebble: "pebble",
  lego: "lego",
  certbot: "certbot",
  curl: "curl",
};

/** Has as many certificates issued, two names each. */
export type Issue = (client: IssuingClient, certificates: number) => Promise<Took>;

/** Runs `use` once everything is started and each client has an account, and removes it. */
export function withIssuingLoops<T>(use: (issue: Issue) => Promise<T>): Promise<T> {
  return withSandbox(async ({ places }) => {
    const folder = mkdtempSync(join(tmpdir(), "unexpired-bench-"));
    const [dnsServer] = nameServersOf(places);
    const pebble = await startPebble({ dnsServer });
    try {
      const commands = prepareClients(folder, places, pebble);
      let used = 0;
      const issue: Issue = (client, certificates) => {
        const names = Array.from({ length: certificates }, () => `${client}-${used++}.example.gov`);
        return runScript(commands[client](names.map((name) => [name, `www.${name}`])), folder);
      };
      for (const client of issuingClients) await issue(client, 1);
      return await use(issue);
    } finally {
      await pebble.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** Error: any command that fails, with what it wrote. */
async function runScript(commands: readonly string[], folder: string): Promise<Took> {
  const usage = join(folder, "usage");
  const script = ["set -e", ...commands, `times > ${usage}`].join("\n");
  const env = { PATH: process.env.PATH, HOME: folder, ...callersNode() };
  const milliseconds = await timed(() => promisify(execFile)("sh", ["-c", script], { cwd: folder, env }));
  return { seconds: milliseconds / 1000, processorSeconds: processorSecondsIn(readFileSync(usage, "utf8")) };
}

/** What `times` writes: user and system time of the shell, then of what it waited for (POSIX, Shell 2.14, times). */
function processorSecondsIn(usage: string): number {
  const parts = [...usage.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
