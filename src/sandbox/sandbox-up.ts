/** The sandbox as a program of its own needs it: with plugins for terraform, a management API and a ready file. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { installSandboxPlugins } from "./install-plugins";
import { startManagement } from "./management/start-management";
import { readyFile, writeReadyFile, type ReadyFile } from "./ready-file";
import type { SandboxOptions } from "./sandbox-options";
import { startSandbox, type Sandbox } from "./start-sandbox";

export interface SandboxUpOptions extends SandboxOptions {
  /** Written once everything answers, removed at the end. */
  readonly readyFile: string;
  /** `dist/provider` of a build. */
  readonly bundlesFolder: string;
  /** Of our own provider. */
  readonly version: string;
}

export interface SandboxUp {
  readonly sandbox: Sandbox;
  readonly ready: ReadyFile;
  close(): Promise<void>;
}

/** Errors: those of its parts; nothing is left running then. */
export async function sandboxUp(options: SandboxUpOptions): Promise<SandboxUp> {
  const { folder, bundlesFolder, version, readyFile: path } = options;
  const mirror = join(folder, "mirror");
  // first what fails most: a build that is missing, a folder that cannot be written
  const { cliConfigFile } = await installSandboxPlugins({ mirror, bundlesFolder, version });
  const sandbox = await startSandbox(options);
  const closing: (() => Promise<unknown>)[] = [() => sandbox.close()];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const management = await startManagement(sandbox);
    closing.push(() => management.close());
    const stateDir = join(folder, "state");
    const ready = readyFile({ sandbox, managementUrl: management.url, pluginDir: mirror, cliConfigFile, stateDir });
    await writeReadyFile(path, ready);
    closing.push(() => rm(path, { force: true }));
    return { sandbox, ready, close };
  } catch (error) {
    await close();
    throw error;
  }
}
