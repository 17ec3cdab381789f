import { resolve } from "node:path";

/** Arguments of node before a program in TypeScript. */
export const unbuilt: readonly string[] = ["--require", resolve(__dirname, "typescript-register.js")];
