import { spawn } from "node:child_process";
import { once } from "node:events";
import { timed } from "../rounds";

/** Milliseconds from start to end of `node -e 0`: what a program in node costs before it does anything. */
export function nodeDoingNothing(): Promise<number> {
  return timed(() => once(spawn("node", ["-e", "0"], { env: { PATH: process.env.PATH }, stdio: "ignore" }), "exit"));
}
