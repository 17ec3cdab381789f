/**
 * A stack's configuration over a copy of its state, in a private folder: whatever is done there, neither the stack's own
 * folder nor its backend learns of it.
 */
import { cp, copyFile, lstat, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join, parse, relative, resolve } from "node:path";
import { AppError } from "../../platform/errors";

export interface ScratchStack {
  readonly folder: string;
  /** For every terraform that works there. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Must be so once terraform is initialised. Errors: `self_test_failed`. */
  requireOwnBackend(): Promise<void>;
}

export interface ScratchOptions {
  /** Of the stack, initialised. */
  readonly stackFolder: string;
  /** Private and of nobody else. */
  readonly workFolder: string;
  /** JSON. */
  readonly state: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The last of all override files is the one that counts (Terraform, "Override Files": in lexicographical order). */
const overrideFile = "zzzz_unexpired_self_test_override.tf";

/** What terraform writes into a stack's folder: its data, its locks, states of the local backend. */
const ofTerraform = /^(\.terraform$|\.terraform\.|terraform\.tfstate)/;

/** A backend in an override file takes the place of whatever `backend` or `cloud` block there is (same page). */
const override = `terraform {\n  backend "local" {\n    path = "terraform.tfstate"\n  }\n}\n`;

export async function makeScratchStack(options: ScratchOptions): Promise<ScratchStack> {
  const { stackFolder, workFolder, state, environment } = options;
  const folder = await mirrorOf(stackFolder, join(workFolder, "scratch"));
  await linkAll(stackFolder, folder, (name) => !ofTerraform.test(name));
  await copyIfThere(join(stackFolder, ".terraform.lock.hcl"), join(folder, ".terraform.lock.hcl"));
  await writeFile(join(folder, overrideFile), override, { mode: 0o600 });
  const dataFolder = join(folder, ".terraform");
  const ownDataFolder = resolve(stackFolder, environment.TF_DATA_DIR || ".terraform");
  await mkdir(dataFolder);
  await linkAll(ownDataFolder, dataFolder, (name) => name === "providers");
  await copyIfThere(join(ownDataFolder, "modules"), join(dataFolder, "modules"));
  await copyIfThere(join(ownDataFolder, "environment"), join(dataFolder, "environment"));
  const stateFile = join(folder, await statePath(environment.TF_WORKSPACE, dataFolder));
  await mkdir(dirname(stateFile), { recursive: true });
  await writeFile(stateFile, state, { mode: 0o600 });
  return {
    folder,
    environment: { ...withoutBackend(environment), TF_DATA_DIR: dataFolder },
    requireOwnBackend: () => requireLocal(dataFolder),
  };
}

/**
 * Makes folders as deep as the stack's own, each with links to what is beside it in the original: `../modules` is where
 * it was. Resolves to the one in the stack's place.
 */
async function mirrorOf(stackFolder: string, root: string): Promise<string> {
  const top = parse(stackFolder).root;
  const steps = relative(top, stackFolder).split("/");
  let [original, mirror] = [top, root];
  await mkdir(mirror, { mode: 0o700 });
  for (const step of steps) {
    if (original !== top) await linkAll(original, mirror, (name) => name !== step);
    [original, mirror] = [join(original, step), join(mirror, step)];
    await mkdir(mirror);
  }
  return mirror;
}

/** Of a folder that is not there, or not to be read, nothing. */
async function linkAll(from: string, to: string, isWanted: (name: string) => boolean): Promise<void> {
  const names = await readdir(from).catch(() => []);
  for (const name of names.filter(isWanted)) await symlink(join(from, name), join(to, name));
}

async function copyIfThere(from: string, to: string): Promise<void> {
  const found = await lstat(from).catch(() => undefined);
  if (found?.isDirectory()) await cp(from, to, { recursive: true });
  else if (found !== undefined) await copyFile(from, to);
}

/** Where the local backend keeps the state of the workspace that is chosen (Terraform, "Backend Type: local"). */
async function statePath(chosen: string | undefined, dataFolder: string): Promise<string> {
  const remembered = await readFile(join(dataFolder, "environment"), "utf8").catch(() => "");
  const workspace = chosen || remembered.trim() || "default";
  return workspace === "default" ? "terraform.tfstate" : join("terraform.tfstate.d", workspace, "terraform.tfstate");
}

/** Settings of the stack's own backend mean nothing to another one. */
function withoutBackend(environment: ScratchOptions["environment"]): ScratchOptions["environment"] {
  const entries = Object.entries(environment).map(([name, value]) => [
    name,
    name.startsWith("TF_CLI_ARGS") ? value?.replace(/(^|\s)-{1,2}backend-config[= ]\S+/g, "") : value,
  ]);
  return Object.fromEntries(entries) as ScratchOptions["environment"];
}

async function requireLocal(dataFolder: string): Promise<void> {
  const text = await readFile(join(dataFolder, "terraform.tfstate"), "utf8").catch(() => "{}");
  const { backend } = JSON.parse(text) as { readonly backend?: { readonly type?: string } };
  if (backend?.type === "local") return;
  throw new AppError("self_test_failed", `the copy of the stack has the backend ${backend?.type ?? "of nobody"}`, {
    hint: `no override file of the stack may come after ${overrideFile}`,
  });
}
