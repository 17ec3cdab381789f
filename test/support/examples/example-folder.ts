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
    await example.install({ unexpired: root });
    for (const peer of Object.keys(packageJson.peerDependencies))
      await example.install({ [peer]: join(root, "node_modules", peer) });
    if (!existsSync(join(example.folder, "tsconfig.json")))
      await writeFile(join(example.folder, "tsconfig.json"), JSON.stringify(projectSettings));
    return example;
  }

  /** Package → folder it is linked to. */
  async install(packages: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, folder] of Object.entries(packages)) {
      const link = join(this.folder, "node_modules", name);
      await mkdir(dirname(link), { recursive: true });
      await symlink(folder, link);
    }
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
}
