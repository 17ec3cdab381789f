/** What `manage-certs --help` costs beside node itself: nothing that a command needs may be loaded for it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { ratio, type Benchmark } from "../benchmark";
import { mediansInTurn, timed } from "../rounds";
import { callersNode } from "../support/node-environment";
import { nodeDoingNothing } from "../support/node-doing-nothing";

const command = join(resolve(__dirname, "../../.."), "dist/src/bin/manage-certs.js");

export const benchmark: Benchmark = {
  subject: "manage-certs --help",
  measure: async () => {
    const { node, ours } = await mediansInTurn({ node: nodeDoingNothing, ours: help }, { rounds: 21, warmUp: 2 });
    return [ratio("manage-certs-help", { atMost: 2 }, { name: "node -e 0", value: node, ours, unit: "ms" })];
  },
};

function help(): Promise<number> {
  const env = { PATH: process.env.PATH, ...callersNode() };
  return timed(async () => {
    const [code] = (await once(spawn(process.execPath, [command, "--help"], { env, stdio: "ignore" }), "exit")) as [
      number,
    ];
    if (code !== 0) throw new Error(`manage-certs --help ended with ${code}`);
  });
}
