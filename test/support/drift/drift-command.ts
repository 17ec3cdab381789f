/** `drift-check` as its users run it, built, in a process of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runDocumentShape, type RunDocument } from "../../../src/drift/report/run-document-shape";
import type { TerraformProject } from "../terraform";

const program = resolve(__dirname, "../../../dist/src/bin/drift-check.js");

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
  /** What `--json` wrote; undefined if nothing was. */
  readonly document?: RunDocument;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Runs drift-check on projects, with their environment and this configuration. */
export class DriftCommand {
  constructor(
    private readonly projects: readonly [TerraformProject, ...TerraformProject[]],
    config: Readonly<Record<string, unknown>> = {},
    /** Beside that of the first project. */
    private readonly environment: Readonly<Record<string, string>> = {},
    /** For the shell, before the program begins, such as limits to it. */
    private readonly before = "",
  ) {
    const [{ folder }] = projects;
    // JSON is YAML
    writeFileSync(join(folder, "drift-check.yaml"), JSON.stringify(config));
  }

  async run(...args: readonly string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  /** Approves a plan of the first project. */
  async approve(checksum: string | undefined, ...args: readonly string[]): Promise<Ended> {
    return this.startApprove(checksum, ...args).ended;
  }

  start(...args: readonly string[]): Started {
    return this.begin(["run", ...this.projects.map(({ folder }) => folder), ...args]);
  }

  startApprove(checksum: string | undefined, ...args: readonly string[]): Started {
    return this.begin(["approve", this.projects[0].folder, "--checksum", checksum ?? "", ...args]);
  }

  /** Another command, which has no file to write to. */
  async ask(...words: readonly string[]): Promise<Ended> {
    return this.begin(words, []).ended;
  }

  private begin(words: readonly string[], more?: readonly string[]): Started {
    const [first] = this.projects;
    const documentFile = join(first.folder, `drift-run-${randomUUID()}.json`);
    const line = [process.execPath, program, ...words, ...(more ?? ["--json", documentFile])];
    const child = spawn("sh", ["-c", `${this.before}\nexec "$@"`, "sh", ...line], {
      cwd: first.folder,
      env: { ...first.environment(), ...this.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = { output: "", errors: "" };
    child.stdout.on("data", (chunk: Buffer) => (said.output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (said.errors += chunk.toString()));
    const ended = new Promise<Ended>((done) =>
      child.once("close", (code) => done({ code, ...said, document: read(documentFile) })),
    );
    return { child, ended };
  }
}

function read(file: string): RunDocument | undefined {
  try {
    return runDocumentShape.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
