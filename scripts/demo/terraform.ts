/** terraform in the folder of the synthesized stack. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { mustRun, runProgram, type ProgramResult } from "../../src/platform/run-program";

export interface PlanFacts {
  /** 0: no changes. 2: changes. */
  readonly exitCode: number;
  /** Actions by resource address, without those that do nothing. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
}

interface PlannedChange {
  readonly address: string;
  readonly mode: string;
  readonly change: { readonly actions: readonly string[]; readonly after_unknown: Readonly<Record<string, unknown>> };
}

export class Terraform {
  constructor(
    readonly folder: string,
    readonly env: Readonly<Record<string, string>>,
  ) {}

  static async isThere(env: Readonly<Record<string, string>>): Promise<boolean> {
    return runProgram("terraform", ["version"], { env }).then(
      ({ exitCode }) => exitCode === 0,
      () => false,
    );
  }

  init(): Promise<ProgramResult> {
    return this.run(["init", "-input=false", "-no-color"]);
  }

  /** Applies the configuration, or a saved plan. `logFile` gets everything at level TRACE. */
  apply(options: { readonly plan?: string; readonly logFile?: string } = {}): Promise<ProgramResult> {
    const what = options.plan === undefined ? ["-auto-approve"] : [options.plan];
    const log: Record<string, string> =
      options.logFile === undefined ? {} : { TF_LOG: "TRACE", TF_LOG_PATH: options.logFile };
    return this.run(["apply", "-input=false", "-no-color", ...what], log);
  }

  /** Plans into a file. Also tells which attributes of each resource are not known yet. */
  async plan(file: string): Promise<PlanFacts & { readonly unknown: Readonly<Record<string, readonly string[]>> }> {
    const args = ["plan", "-input=false", "-no-color", "-detailed-exitcode", `-out=${file}`];
    const { exitCode, stderr } = await runProgram("terraform", args, { cwd: this.folder, env: this.env });
    if (exitCode === 1) throw new Error(`terraform plan failed:\n${stderr.trim()}`);
    const { stdout } = await this.run(["show", "-json", file]);
    const { resource_changes: all = [] } = JSON.parse(stdout) as { resource_changes?: readonly PlannedChange[] };
    const changes = all.filter(({ mode, change }) => mode === "managed" && change.actions[0] !== "no-op");
    return {
      exitCode,
      actions: Object.fromEntries(changes.map(({ address, change }) => [address, change.actions])),
      unknown: Object.fromEntries(
        changes.map(({ address, change }) => [
          address,
          Object.keys(change.after_unknown).filter((name) => change.after_unknown[name] === true),
        ]),
      ),
    };
  }

  async output(name: string): Promise<string> {
    const { stdout } = await this.run(["output", "-raw", name]);
    return stdout.trim();
  }

  /** Attributes of every managed resource in the state, by address. */
  async attributes(): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
    const { stdout } = await this.run(["show", "-json"]);
    const state = JSON.parse(stdout) as {
      values?: { root_module?: { resources?: readonly { address: string; values: Record<string, unknown> }[] } };
    };
    return Object.fromEntries(
      (state.values?.root_module?.resources ?? []).map(({ address, values }) => [address, values]),
    );
  }

  readFile(name: string): Promise<Buffer> {
    return readFile(join(this.folder, name));
  }

  private run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<ProgramResult> {
    return mustRun("terraform", args, { cwd: this.folder, env: { ...this.env, ...more } });
  }
}
