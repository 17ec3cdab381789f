import type { Command } from "commander";
import { systemClock } from "../../platform/clock";
import { readNamedFile } from "../../platform/yaml-file/read-named-file";
import { checkPolicyFile, checkText, isPassed } from "../../proxy/policy-tools/check-policy-file";

export function addCheck(program: Command): void {
  program
    .command("check")
    .description("check a policy file: mistakes, and grants that may not be what was meant")
    .argument("<policy-file>")
    .option("--strict", "fail at warnings, too")
    .option("--json", "write what was found as JSON, by docs/reference/schemas/proxy-check.schema.json")
    .action(check);
}

interface CheckFlags {
  readonly strict?: boolean;
  readonly json?: boolean;
}

function check(file: string, { strict = false, json = false }: CheckFlags): void {
  const result = checkPolicyFile(file, readNamedFile(file, "the policy file"), systemClock.now());
  if (!isPassed(result, strict)) process.exitCode = 1;
  process.stdout.write(json ? `${JSON.stringify(result, undefined, 2)}\n` : checkText(result));
}
