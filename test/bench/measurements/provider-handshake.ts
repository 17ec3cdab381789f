/**
 * From the start of the installed provider to its handshake line: paid three times by each plan. Both sides in the
 * caller's environment, and both without NODE_EXTRA_CA_CERTS.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installBuiltProviders } from "../../support/provider-world";
import { createClientIdentity } from "../../support/plugin-client";
import { ratio, type Benchmark } from "../benchmark";
import { mediansInTurn } from "../rounds";
import { nodeDoingNothing } from "../support/node-doing-nothing";
import { bareNode, callersNode } from "../support/node-environment";

export const benchmark: Benchmark = {
  subject: "provider handshake",
  measure: async () => {
    const folder = mkdtempSync(join(tmpdir(), "unexpired-bench-"));
    try {
      const mirror = await installBuiltProviders(join(folder, "mirror"));
      const launcher = findLauncher(mirror.folder);
      const { certificatePem } = await createClientIdentity();
      const { node, ours, nodeBare, oursBare } = await mediansInTurn(
        {
          node: () => nodeDoingNothing(),
          ours: () => untilHandshake(launcher, certificatePem, callersNode()),
          nodeBare: () => nodeDoingNothing(bareNode),
          oursBare: () => untilHandshake(launcher, certificatePem, bareNode),
        },
        { rounds: 21, warmUp: 2 },
      );
      const bare = { name: "bare node -e 0", value: nodeBare, ours: oursBare, unit: "ms" };
      return [
        ratio("provider-handshake", { atMost: 2 }, { name: "node -e 0", value: node, ours, unit: "ms" }),
        ratio("provider-handshake-bare", { atMost: 2 }, bare),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function findLauncher(mirror: string): string {
  const found = readdirSync(mirror, { recursive: true, encoding: "utf8" }).find((path) =>
    /terraform-provider-unexpired_v[^/]+$/.test(path),
  );
  if (found === undefined) throw new Error("the mirror has no launcher");
  return join(mirror, found);
}

/** Milliseconds; with the environment that terraform gives. */
async function untilHandshake(
  launcher: string,
  clientCertificate: string,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const begin = performance.now();
  const provider = spawn(launcher, {
    env: {
      PATH: process.env.PATH,
      ...environment,
      TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
      PLUGIN_PROTOCOL_VERSIONS: "6",
      PLUGIN_CLIENT_CERT: clientCertificate,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const gone = once(provider, "exit");
  const [line] = (await Promise.race([once(provider.stdout, "data"), gone.then(() => [""])])) as [Buffer | string];
  const elapsed = performance.now() - begin;
  provider.kill();
  await gone;
  if (!line.toString().startsWith("1|6|unix|")) throw new Error(`not a handshake line: ${line.toString()}`);
  return elapsed;
}
