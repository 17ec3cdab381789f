import type { Command } from "commander";
import { verifyChain } from "../../platform/hash-chain/verify-chain";
import { addVerification } from "../chain-verification";
import type { CommandManners } from "../command-manners";

export function addAudit(program: Command, manners: CommandManners): void {
  const audit = program.command("audit").description("the audit trail");
  addVerification(audit, manners, {
    places: { flags: "<files...>", description: "the files of one trail, oldest first" },
    verify: (files, expected) => verifyChain({ files, expected }),
  });
}
