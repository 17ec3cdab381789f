import { Option, type Command } from "commander";
import type { CommandManners } from "../command-manners";
import { withEstateFlags, withPolicyFlag } from "./estate-flags";
import { withReportFlags } from "./report-flags";
import type * as RunAttach from "./run-attach";

export function addAttach(program: Command, manners: CommandManners): void {
  const command = program
    .command("attach")
    .description("put a certificate on listeners, prove it by handshakes; without --apply it says what it would do")
    .argument("<arn>", "the certificate")
    .argument("<listeners...>", "listeners, distributions or domain names, one after the other in this order");
  withReportFlags(withAttachFlags(withPolicyFlag(withEstateFlags(command))), "attach").action(
    async (arn: string, listeners: readonly string[], flags: RunAttach.AttachFlags, own: Command) => {
      requireDefault(flags, own);
      // Not an import at the top: help and mistakes must not wait for AWS's SDK, TLS and YAML.
      const { runAttach } = module.require("./run-attach") as typeof RunAttach;
      await runAttach(arn, listeners, flags, manners);
    },
  );
}

/** Options of every command that puts certificates on listeners. */
export interface AttachmentFlags {
  readonly apply?: true;
  readonly default?: true;
  readonly sni?: true;
  readonly detachOld?: true;
  readonly unproved?: true;
}

export function withAttachFlags(command: Command): Command {
  return command
    .option("--apply", "do it")
    .addOption(new Option("--default", "replace the default of the listener").conflicts("sni"))
    .option("--sni", "add it to the list of the listener, which is the usual way")
    .option("--detach-old", "with --default: take the former default off the list, where AWS leaves it")
    .option("--unproved", "go on where a listener cannot be reached, so that nothing is proved there");
}

export function requireDefault({ default: isDefault, detachOld }: AttachmentFlags, command: Command): void {
  if (detachOld && !isDefault)
    command.error("error: --detach-old goes with --default: there is no former default else");
}
