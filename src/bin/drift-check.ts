#!/usr/bin/env node
/** Plans again what is applied, and applies nothing but renewals: one file per command, loaded when it is asked for. */
import { Command } from "commander";
import { CommandManners } from "./command-manners";
import { addApprove } from "./drift-check/approve";
import { addExplain } from "./drift-check/explain";
import { addInit } from "./drift-check/init";
import { addRun } from "./drift-check/run";
import { addSelfTest } from "./drift-check/self-test";
import { addServe } from "./drift-check/serve";
import { addStatus } from "./drift-check/status";

const manners = new CommandManners("drift-check");
const program = new Command("drift-check")
  .description("Plans Terraform stacks again, and applies nothing unattended but renewals of certificates.")
  .exitOverride()
  .configureHelp({ showGlobalOptions: false });
addRun(program, manners);
addApprove(program, manners);
addStatus(program);
addExplain(program);
addServe(program, manners);
addInit(program, manners);
addSelfTest(program, manners);
manners.run(program);
