/** Children of a process, as Linux tells them. */
import { readdirSync, readFileSync } from "node:fs";

/** Process ids of the direct children whose command line contains the text. */
export function childProcesses(parent: number, text: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent && read(pid, "cmdline").includes(text));
}

/** The fourth field; the second is the program's name in parentheses, which may hold anything (proc(5)). */
function parentOf(pid: number): number | undefined {
  const [, parent] = /^.*\) \S (\d+)/s.exec(read(pid, "stat")) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

/** Empty for a process that has just ended. */
function read(pid: number, file: "cmdline" | "stat"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
