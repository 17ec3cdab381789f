/** Real terraform in a folder of its own, which never reaches for the network: providers come from a mirror or a test. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cliConfiguration } from "../../src/provider/install/cli-configuration";

export interface TerraformResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, for assertions on what a user reads: lines joined and frames of diagnostics removed. */
  readonly output: string;
}

export interface TerraformProjectOptions {
  /** File name → text, relative to the project. */
  readonly files: Readonly<Record<string, string>>;
  /** Mirror folder and the addresses it has. @default none: use `reattach` */
  readonly mirror?: { readonly folder: string; readonly addresses: readonly string[] };
  /** What `serveReattach` returned; no init is needed. */
  readonly reattach?: string;
  /** Added to the little that terraform gets by default. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Gives the process to the test while it runs, for signals. */
  readonly onStart?: (terraform: ChildProcess) => void;
  /** Text that must have come before `onOutput` is called, once. */
  readonly onOutput?: readonly [text: string, act: (terraform: ChildProcess) => void | Promise<void>];
}

export class TerraformProject {
  private constructor(
    readonly folder: string,
    private readonly options: TerraformProjectOptions,
  ) {}

  static async create(options: TerraformProjectOptions): Promise<TerraformProject> {
    const project = new TerraformProject(await mkdtemp(join(tmpdir(), "terraform-project-")), options);
    const { folder = join(project.folder, "no-mirror"), addresses = [] } = options.mirror ?? {};
    await project.write({
      ...options.files,
      "home/cli.tfrc": cliConfiguration({ mirror: folder, addresses, direct: false }),
    });
    return project;
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.folder, name)), { recursive: true });
      await writeFile(join(this.folder, name), text);
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  init(): Promise<TerraformResult> {
    return this.succeed(["init", "-no-color", "-input=false"]);
  }

  apply(...more: string[]): Promise<TerraformResult> {
    return this.succeed(["apply", "-no-color", "-input=false", "-auto-approve", ...more]);
  }

  destroy(...more: string[]): Promise<TerraformResult> {
    return this.succeed(["destroy", "-no-color", "-input=false", "-auto-approve", ...more]);
  }

  import(address: string, id: string): Promise<TerraformResult> {
    return this.succeed(["import", "-no-color", "-input=false", address, id]);
  }

  /** Exit code 0 for nothing to do, 2 for changes. */
  plan(...more: string[]): Promise<TerraformResult> {
    return this.run(["plan", "-no-color", "-input=false", "-detailed-exitcode", ...more]);
  }

  /** The state, or a saved plan, as data. */
  async show(...more: string[]): Promise<unknown> {
    return JSON.parse((await this.succeed(["show", "-json", ...more])).stdout) as unknown;
  }

  /** Attributes of a managed resource in the state; fails if it is not there. */
  async attributes(address: string): Promise<Readonly<Record<string, unknown>>> {
    const state = (await this.show()) as {
      readonly values?: { readonly root_module?: { readonly resources?: readonly StoredResource[] } };
    };
    const found = state.values?.root_module?.resources?.find((resource) => resource.address === address);
    if (found === undefined) throw new Error(`${address} is not in the state`);
    return found.values;
  }

  /** Fails with the plan's text unless two plans in a row have nothing to do. */
  async expectEmptyPlan(): Promise<void> {
    for (let round = 1; round <= 2; round++) {
      const { exitCode, output } = await this.plan();
      if (exitCode !== 0) throw new Error(`plan ${round} ended with ${exitCode}, expected no changes:\n${output}`);
    }
  }

  async succeed(args: readonly string[], options?: RunOptions): Promise<TerraformResult> {
    const result = await this.run(args, options);
    if (result.exitCode !== 0)
      throw new Error(`terraform ${args[0] ?? ""} ended with ${result.exitCode}:\n${result.stdout}${result.stderr}`);
    return result;
  }

  run(args: readonly string[], { environment, onStart, onOutput }: RunOptions = {}): Promise<TerraformResult> {
    return new Promise((resolve, reject) => {
      const terraform = spawn("terraform", args, {
        cwd: this.folder,
        env: { ...this.environment(), ...environment },
        stdio: ["ignore", "pipe", "pipe"],
        // a group of its own, so that a test can press Ctrl-C
        detached: true,
      });
      onStart?.(terraform);
      const output = { stdout: "", stderr: "" };
      let awaited = onOutput;
      const collect = (stream: "stdout" | "stderr") => (chunk: Buffer) => {
        output[stream] += chunk.toString("utf8");
        if (awaited === undefined || !output.stdout.includes(awaited[0])) return;
        const [, act] = awaited;
        awaited = undefined;
        Promise.resolve(act(terraform)).catch(reject);
      };
      terraform.stdout.on("data", collect("stdout"));
      terraform.stderr.on("data", collect("stderr"));
      terraform.on("error", reject);
      terraform.on("close", (exitCode) =>
        resolve({ exitCode, ...output, output: readable(output.stdout + output.stderr) }),
      );
    });
  }

  /** For programs that run terraform themselves. */
  environment(): Record<string, string> {
    const home = join(this.folder, "home");
    return {
      PATH: process.env.PATH ?? "",
      HOME: home,
      TF_CLI_CONFIG_FILE: join(home, "cli.tfrc"),
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      ...(this.options.reattach !== undefined && { TF_REATTACH_PROVIDERS: this.options.reattach }),
      ...this.options.environment,
    };
  }
}

interface StoredResource {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Without the frames that terraform draws around diagnostics, and without its line breaks. */
function readable(text: string): string {
  return text.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");
}
