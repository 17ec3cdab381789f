import { execFileSync } from "node:child_process";
import type { Benchmark } from "../benchmark";

export function isInstalled(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** What keeps a measurement from being made here, and how to get it; undefined where nothing does. */
export function missingFor({ needs = {} }: Benchmark, isThere = isInstalled): string | undefined {
  const missing = Object.entries(needs).filter(([program]) => !isThere(program));
  if (missing.length === 0) return undefined;
  const programs = missing.map(([program]) => program).join(" and ");
  return `it needs ${programs}: apt-get install ${missing.map(([, name]) => name).join(" ")}`;
}
