import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build, transform, type BuildOptions } from "esbuild";

export interface ProviderBundle {
  /** Entry point of the provider process. */
  readonly entry: string;
  /** Emptied first; gets `provider.cjs`, its lazily loaded parts, and a package.json. */
  readonly folder: string;
  readonly version: string;
}

/**
 * Bundles a provider into few CommonJS files. Every `import()` is a border between files: code behind it costs nothing
 * until it is needed, while code in the same file costs its parsing even if it never runs. Shared code is in files of
 * its own, so there is one of each class and one of each state in the process.
 */
export async function bundleProvider({ entry, folder, version }: ProviderBundle): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const options: BuildOptions = {
    entryPoints: [{ in: entry, out: "provider" }],
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    // esbuild splits ES modules only; they become CommonJS below
    format: "esm",
    splitting: true,
    chunkNames: "[name]-[hash]",
    platform: "node",
    target: "node20",
    // sources say module.require where something is to be loaded at first use but within the same file
    define: { "module.require": "require" },
    legalComments: "none",
    logLevel: "warning",
  };
  await build(options);
  for (const name of await readdir(folder)) await toCommonJs(join(folder, name));
  await writeFile(join(folder, "package.json"), packageJson(version));
}

async function toCommonJs(path: string): Promise<void> {
  const { code } = await transform(await readFile(path, "utf8"), {
    format: "cjs",
    platform: "node",
    target: "node20",
    // a fifth of the time to the handshake was parsing; identifiers stay, for the stacks in logs
    minifyWhitespace: true,
    minifySyntax: true,
    sourcefile: path.slice(dirname(path).length + 1),
  });
  await writeFile(path, code);
}

/** Says what the files are, whatever package.json the user's project has above them. */
function packageJson(version: string): string {
  return JSON.stringify({ type: "commonjs", version }, null, 2) + "\n";
}
