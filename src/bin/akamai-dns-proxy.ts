#!/usr/bin/env node
/** The Akamai DNS Proxy: one file per command. What a program may want is here an `.edgerc` section, or the log. */
import { Command } from "commander";
import { addAudit } from "./akamai-dns-proxy/audit";
import { addCheck } from "./akamai-dns-proxy/check";
import { addCredentials } from "./akamai-dns-proxy/credentials";
import { addExplain } from "./akamai-dns-proxy/explain";
import { addInit } from "./akamai-dns-proxy/init";
import { addServe } from "./akamai-dns-proxy/serve";
import { addTest } from "./akamai-dns-proxy/test";
import { CommandManners } from "./command-manners";

const manners = new CommandManners("akamai-dns-proxy");
const program = new Command("akamai-dns-proxy")
  .description("Gives each team the right to exactly its own DNS records behind one Akamai credential.")
  .exitOverride()
  .configureHelp({ showGlobalOptions: false });
addInit(program, manners);
addServe(program, manners);
addCheck(program);
addExplain(program);
addTest(program);
addCredentials(program, manners);
addAudit(program, manners);
manners.run(program);
