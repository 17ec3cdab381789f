import { randomBytes } from "node:crypto";
import { chmod, cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError, messageOf } from "../../platform/errors";
import { launcherName, launcherText } from "./launcher";
import { addressesOf, packageFolder, platformOf, type Platform, type ProviderPackage } from "./provider-package";

export interface InstallOptions {
  /** Root of the filesystem mirror; made where it is missing. */
  readonly mirror: string;
  /** The package is the same for all of them. @default the platform we run on */
  readonly platforms?: readonly Platform[];
}

export interface Installation {
  /** host/namespace/type, for the CLI configuration. */
  readonly addresses: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Writes the package into a filesystem mirror, under each host and platform. A version that is there already is
 * replaced as a whole; terraform's lock files then want their entry for it renewed if its content differs.
 * Errors: `store_unwritable`, `missing_file` where the bundle was not built.
 */
export async function installProvider(
  provider: ProviderPackage,
  { mirror, platforms = [platformOf(process.platform, process.arch)] }: InstallOptions,
): Promise<Installation> {
  const addresses = addressesOf(provider);
  const folders = addresses.flatMap((address) =>
    platforms.map((platform) => packageFolder(mirror, address, provider.version, platform)),
  );
  for (const folder of folders) await writePackage(provider, folder);
  return { addresses, folders };
}

async function writePackage(provider: ProviderPackage, folder: string): Promise<void> {
  // a sibling first: terraform must not find half of a package
  const temporary = `${folder}.${randomBytes(6).toString("hex")}`;
  try {
    await mkdir(dirname(folder), { recursive: true });
    await cp(provider.bundleFolder, temporary, { recursive: true });
    const launcher = join(temporary, launcherName(provider));
    await writeFile(launcher, launcherText(provider));
    await chmod(launcher, 0o755);
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } catch (error) {
    // the error that brought us here is the one to tell
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw installError(provider, folder, error);
  }
}

function installError({ bundleFolder }: ProviderPackage, folder: string, error: unknown): AppError {
  const { code, path } = error as { readonly code?: string; readonly path?: string };
  if (code === "ENOENT" && path === bundleFolder)
    return new AppError("missing_file", `the provider is not built: ${bundleFolder} is missing`, {
      hint: "npm run build",
      cause: error,
    });
  return new AppError("store_unwritable", `cannot write the provider to ${folder}: ${messageOf(error)}`, {
    hint: "choose a folder that belongs to you with --dir",
    cause: error,
  });
}
