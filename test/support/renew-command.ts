/** `manage-certs` as its users run it, built, in a process of its own, with a sandbox for everything outside. */
import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { awsEnvironment, nameServersOf } from "./provider-world";
import type { RenewWorld } from "./renew-world";

const program = resolve(__dirname, "../../dist/src/bin/manage-certs.js");

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export class RenewCommand {
  readonly folder: string;

  /** Writes the configuration, and keeps it as long as the world. */
  constructor(
    private readonly world: RenewWorld,
    more: Readonly<Record<string, unknown>> = {},
  ) {
    const { sandbox, folder } = world.world;
    this.folder = folder;
    const config = {
      zones: [{ name: "example.gov" }],
      issuers: [{ name: "sandbox", directoryUrl: sandbox.acme.directoryUrl, caFile: sandbox.files.acmeCaFile }],
      edgeDns: { edgerc: sandbox.files.edgerc, caFile: sandbox.files.edgeDnsCaFile },
      nameServers: nameServersOf(sandbox),
      limits: { graceHours: 0 },
      ...more,
    };
    // JSON is YAML
    writeFileSync(join(folder, "manage-certs.yaml"), JSON.stringify(config, null, 2));
    writeFileSync(join(folder, "both-roots.pem"), readFileSync(sandbox.files.rootsFile, "utf8") + world.rootPem);
  }

  /** Runs it to its end. */
  async run(...args: readonly string[]): Promise<Ended> {
    return (await this.start(...args)).ended;
  }

  async start(...args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly ended: Promise<Ended> }> {
    const estate = await this.world.scan();
    const places = this.world.connectTo(estate).flatMap((place) => ["--connect-to", place]);
    const roots = ["--roots", join(this.folder, "both-roots.pem")];
    const child = spawn(process.execPath, [program, ...args, ...places, ...roots], {
      cwd: this.folder,
      env: { PATH: process.env.PATH, HOME: this.folder, ...awsEnvironment(this.world.world.sandbox) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = { output: "", errors: "" };
    child.stdout.on("data", (chunk: Buffer) => (said.output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (said.errors += chunk.toString()));
    const ended = new Promise<Ended>((done) => child.once("close", (code) => done({ code, ...said })));
    return { child, ended };
  }
}
