import type { Command } from "commander";
import { readPolicyFile } from "../../proxy/policy-file/read-policy-file";

export function addCheck(program: Command): void {
  program
    .command("check")
    .description("check a policy file and tell every mistake with its line")
    .argument("<policy-file>")
    .action(check);
}

function check(file: string): void {
  const { policy } = readPolicyFile(file);
  process.stdout.write(`${file}: no mistakes (clients: ${policy.clients.length}, grants: ${policy.grants.length})\n`);
}
