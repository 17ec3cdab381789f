import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { systemClock } from "../../platform/clock";
import { AppError, messageOf } from "../../platform/errors";
import { starterPolicy } from "../../proxy/policy-tools/starter-policy";
import type { CommandManners } from "../command-manners";

export function addInit(program: Command, manners: CommandManners): void {
  program
    .command("init")
    .description("write a commented policy file to start from")
    .argument("<policy-file>", "must not be there yet")
    .action((file: string) => init(file, manners));
}

async function init(file: string, manners: CommandManners): Promise<void> {
  try {
    await writeFile(file, starterPolicy(file, systemClock.now()), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST")
      throw new AppError("store_unwritable", `cannot write ${file}: ${messageOf(error)}`, { cause: error });
    throw new AppError("store_unwritable", `${file} is there already, and nothing is overwritten`, {
      hint: "name another file, or move this one away",
    });
  }
  const steps = [
    'fill in what is marked "YOURS"',
    'make the master key once, and keep it: export ADP_MASTER_KEY="$(openssl rand -base64 48)"',
    `akamai-dns-proxy credentials issue team-web --config ${file}`,
    `akamai-dns-proxy check ${file}`,
    `akamai-dns-proxy serve ${file}`,
  ];
  manners.say(`${file} is written. Next:`);
  for (const [index, step] of steps.entries()) manners.say(`  ${index + 1}. ${step}`);
}
