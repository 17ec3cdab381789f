/**
 * Examples under test. A test opens an example, which copies its folder; applies it, changes a line as a reader would,
 * compares the plan with what the README promises, destroys it and looks at what is left:
 *
 *   const example = await world.open("cloudfront");
 *   await example.apply();
 *   await example.expectEmptyPlan();
 *   const { told, found } = await example.plansFor({ "`keyAlgorithm` to `RSA_2048`": ['"EC_prime256v1"', '"RSA_2048"'] });
 *   expect(found).toEqual(told);
 *   await example.destroy();
 *   expect(world.left()).toEqual({ aws: [], records: [], proofs: ["www.example.gov"] });
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shakeHands, type Handshake } from "../../../src/rollout/shake-hands";
import { faultProfiles, type SandboxOptions } from "../../../src/sandbox/sandbox-options";
import { startSandbox, type Sandbox } from "../../../src/sandbox/start-sandbox";
import { awsEnvironment, installBuiltProviders } from "../provider-world";
import { TerraformProject } from "../terraform";
import { ExampleFolder } from "./example-folder";
import { ExampleProject } from "./example-project";
import { contentOf, contentWithout, type Content } from "./sandbox-content";

export interface OpenOptions {
  /** Name of the stack, in an example that has several. @default the example's name */
  readonly stack?: string;
  /** Environment of main.ts. @default none */
  readonly settings?: Readonly<Record<string, string>>;
  /** Environment of terraform, beside what it needs for the sandbox: `TF_VAR_…`. @default none */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ExampleWorld {
  readonly sandbox: Sandbox;
  /** For terraform that is not run by a project of this world. */
  readonly cliConfigFile: string;
  open(name: string, options?: OpenOptions): Promise<ExampleProject>;
  /** Real terraform with the providers and keys of the sandbox, in a folder with these files. */
  terraform(
    files: Readonly<Record<string, string>>,
    environment?: Readonly<Record<string, string>>,
  ): Promise<TerraformProject>;
  /** Shakes hands with what a listener's ARN, a distribution or a domain name serves; verified by the sandbox's roots. */
  handshake(servedArn: string, serverName?: string): Promise<Handshake>;
  /** What is in the sandbox that was not there at its start, or when `forget` was called last. */
  left(): Content;
  /** What a test has put there itself is not left by anybody. */
  forget(): void;
  close(): Promise<void>;
}

/** A calm sandbox unless told otherwise. */
export async function startExampleWorld(options: Partial<SandboxOptions> = {}): Promise<ExampleWorld> {
  const folder = await mkdtemp(join(tmpdir(), "example-world-"));
  const sandbox = await startSandbox({ folder: join(folder, "sandbox"), faults: faultProfiles.calm, ...options });
  const mirror = await installBuiltProviders(join(folder, "mirror"));
  const opened: { remove(): Promise<void> }[] = [];
  let before = contentOf(sandbox);
  const terraform: ExampleWorld["terraform"] = async (files, environment = {}) => {
    const project = await TerraformProject.create({
      files,
      mirror,
      environment: { ...awsEnvironment(sandbox), UNEXPIRED_STATE_DIR: join(folder, "state"), ...environment },
    });
    opened.push(project);
    return project;
  };
  return {
    sandbox,
    cliConfigFile: mirror.cliConfigFile,
    terraform,
    open: async (name, { stack, settings = {}, environment } = {}) => {
      const example = await ExampleFolder.copy(name);
      opened.push(example);
      return new ExampleProject({ example, terraform: await terraform({}, environment), sandbox, stack, settings });
    },
    handshake: async (servedArn, serverName) => {
      const address = sandbox.account.frontEnd(servedArn);
      if (address === undefined) throw new Error(`nothing is served at ${servedArn}`);
      return shakeHands({ ...address, serverName, ca: await readFile(sandbox.files.rootsFile, "utf8") });
    },
    left: () => contentWithout(contentOf(sandbox), before),
    forget: () => void (before = contentOf(sandbox)),
    close: async () => {
      for (const each of opened) await each.remove();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
