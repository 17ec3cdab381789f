import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import packageJson from "../../../package.json";

const root = resolve(__dirname, "../../..");
const tsNode = require.resolve("ts-node/dist/bin");

/** For examples that are one file: what a TypeScript project has. */
const projectSettings = {
  compilerOptions: { target: "ES2022", module: "commonjs", strict: true, skipLibCheck: true },
  "ts-node": { transpileOnly: true },
};

interface ExamplePackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** An example in a folder of its own, as a reader has copied it, with the built package and its peers installed. */
export class ExampleFolder {
  private constructor(
    readonly name: string,
    readonly folder: string,
  ) {}

  /** `name`: the folder below `examples`. */
  static async copy(name: string): Promise<ExampleFolder> {
    const example = new ExampleFolder(name, await mkdtemp(join(tmpdir(), `example-${name}-`)));
    await cp(join(root, "examples", name), example.folder, { recursive: true });
    await example.install();
    if (!existsSync(join(example.folder, "tsconfig.json")))
      await writeFile(join(example.folder, "tsconfig.json"), JSON.stringify(projectSettings));
    return example;
  }

  /** Changes a text that a file holds exactly once, as a reader does in an editor. Resolves to what undoes it. */
  async change(before: string, after: string, file = "main.ts"): Promise<() => Promise<void>> {
    const path = join(this.folder, file);
    const text = await readFile(path, "utf8");
    const parts = text.split(before);
    if (parts.length !== 2) throw new Error(`${file} holds "${before}" ${parts.length - 1} times`);
    await writeFile(path, parts.join(after));
    return () => writeFile(path, text);
  }

  /** Runs main.ts with settings as environment. Rejects with `code` and `stderr` where it fails. */
  async synthesize(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const env = { PATH: process.env.PATH, ...settings };
    await promisify(execFile)(process.execPath, [tsNode, "main.ts"], { cwd: this.folder, env });
  }

  /** The JSON of a stack as it was synthesized last. */
  stackText(stack = this.name): Promise<string> {
    return readFile(join(this.folder, "cdktf.out/stacks", stack, "cdk.tf.json"), "utf8");
  }

  readme(): Promise<string> {
    return readFile(join(this.folder, "README.md"), "utf8");
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** What its package.json asks for, or else what this package asks its users for; as links, with the commands. */
  private async install(): Promise<void> {
    const modules = join(this.folder, "node_modules");
    for (const name of await this.packages()) {
      await mkdir(dirname(join(modules, name)), { recursive: true });
      await symlink(name === packageJson.name ? root : join(root, "node_modules", name), join(modules, name));
    }
    await mkdir(join(modules, ".bin"));
    for (const command of ["ts-node", "tsc"])
      await symlink(join(root, "node_modules/.bin", command), join(modules, ".bin", command));
    for (const [command, file] of Object.entries(packageJson.bin))
      await writeFile(join(modules, ".bin", command), `#!/bin/sh\nexec node "${join(root, file)}" "$@"\n`, {
        mode: 0o755,
      });
  }

  private async packages(): Promise<string[]> {
    const own = join(this.folder, "package.json");
    if (!existsSync(own)) return [packageJson.name, ...Object.keys(packageJson.peerDependencies)];
    const { dependencies = {}, devDependencies = {} } = JSON.parse(await readFile(own, "utf8")) as ExamplePackage;
    return Object.keys({ ...dependencies, ...devDependencies });
  }
}
