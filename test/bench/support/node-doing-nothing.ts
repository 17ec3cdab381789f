import { spawn } from "node:child_process";
import { once } from "node:events";
import { timed } from "../rounds";
import { callersNode } from "./node-environment";

/** Milliseconds from start to end of `node -e 0`: what a program in node costs before it does anything. */
export function nodeDoingNothing(environment = callersNode()): Promise<number> {
  const env = { PATH: process.env.PATH, ...environment };
  return timed(() => once(spawn("node", ["-e", "0"], { env, stdio: "ignore" }), "exit"));
}
