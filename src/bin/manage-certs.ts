#!/usr/bin/env node
/** Certificates of AWS accounts, without Terraform: one file per command, each loaded when it is asked for. */
import { Command } from "commander";
import { CommandManners } from "./command-manners";
import { addAccount } from "./manage-certs/account";
import { addAttach } from "./manage-certs/attach";
import { addCompletion } from "./manage-certs/completion";
import { addInit } from "./manage-certs/init";
import { addIssue } from "./manage-certs/issue";
import { addRenew } from "./manage-certs/renew";
import { addRevoke } from "./manage-certs/revoke";
import { addScan } from "./manage-certs/scan";
import { addVerify } from "./manage-certs/verify";

const manners = new CommandManners("manage-certs");
const program = new Command("manage-certs")
  .description(
    "Finds the certificates of AWS accounts and what serves them, renews those that nobody else does, and revokes.",
  )
  .exitOverride()
  .configureHelp({ showGlobalOptions: false });
addScan(program, manners);
addVerify(program, manners);
addRenew(program, manners);
addIssue(program, manners);
addAttach(program, manners);
addRevoke(program, manners);
addAccount(program, manners);
addInit(program, manners);
addCompletion(program);
manners.run(program);
