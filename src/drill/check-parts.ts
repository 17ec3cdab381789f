import { AppError } from "../platform/errors";
import { runProgram } from "../platform/run-program";
import type { Drill } from "./drill";

/** Where to get what drills run beside our own programs. */
const parts: Readonly<Record<string, { readonly why: string; readonly hint: string; readonly ask: string }>> = {
  prometheus: {
    why: "loads the alert rules",
    hint: "install Debian's package prometheus, or https://prometheus.io/download/",
    ask: "--version",
  },
  terraform: {
    why: "has the state whose lock is lost",
    hint: "install Terraform 1.11 or later, https://developer.hashicorp.com/terraform/install",
    ask: "version",
  },
};

/** Error: `missing_part`, before anything is begun. */
export async function checkParts(drills: readonly Drill[], path: string): Promise<void> {
  for (const name of new Set(["prometheus", ...drills.flatMap(({ needs = [] }) => needs)])) {
    const { why = "", hint, ask = "--version" } = parts[name] ?? {};
    const result = await runProgram(name, [ask], { env: { PATH: path } }).catch(() => undefined);
    if (result?.exitCode !== 0)
      throw new AppError("missing_part", `a drill needs ${name}, which ${why}, and it is not on PATH`, { hint });
  }
}
