import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { build, transform, type BuildOptions, type Plugin } from "esbuild";

export interface ProviderBundle {
  /** Entry point of the provider process. */
  readonly entry: string;
  /** Emptied first; gets `provider.cjs`, its lazily loaded parts, and a package.json. */
  readonly folder: string;
  readonly version: string;
}

/**
 * Bundles a provider into few CommonJS files. Every `import()` and every `module.require()` of a file of ours is a
 * border between files: code behind it costs nothing until it is needed, while code in the same file costs its parsing
 * even if it never runs. Shared code is in files of its own, so there is one of each class and one of each state in the
 * process.
 */
export async function bundleProvider({ entry, folder, version }: ProviderBundle): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // file name → source; what is required lazily is found by building, and is an entry of the next try
  const entries = new Map([["provider", entry]]);
  for (let known = 0; known < entries.size;) {
    known = entries.size;
    await build({ ...optionsFor(entries, folder), write: false });
  }
  await build(optionsFor(entries, folder));
  for (const name of await readdir(folder)) await toCommonJs(join(folder, name));
  await writeFile(join(folder, "package.json"), packageJson(version));
}

function optionsFor(entries: Map<string, string>, folder: string): BuildOptions {
  return {
    entryPoints: Object.fromEntries(entries),
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    // esbuild splits ES modules only; they become CommonJS below
    format: "esm",
    splitting: true,
    chunkNames: "[name]-[hash]",
    platform: "node",
    target: "node20",
    // of a package that has both, the ES modules: only of them can unused parts be left out
    mainFields: ["module", "main"],
    define: { "module.require": "require" },
    plugins: [lazyParts(entries)],
    legalComments: "none",
    logLevel: "warning",
  };
}

/** `module.require("./sdk/acm")` loads `lazy-acm.cjs`, which is noted as an entry. */
function lazyParts(entries: Map<string, string>): Plugin {
  return {
    name: "lazy-parts",
    setup: (build) =>
      build.onResolve({ filter: /^\./ }, async ({ kind, path, importer, resolveDir }) => {
        if (kind !== "require-call" || importer.includes("/node_modules/")) return undefined;
        const name = `lazy-${basename(path)}`;
        const source = join(resolveDir, `${path}.ts`);
        if ((entries.get(name) ?? source) !== source) throw new Error(`two parts are called ${name}: ${source}`);
        entries.set(name, source);
        return { path: `./${name}.cjs`, external: true };
      }),
  };
}

async function toCommonJs(path: string): Promise<void> {
  const { code } = await transform(await readFile(path, "utf8"), {
    format: "cjs",
    platform: "node",
    target: "node20",
    // node's import() of CommonJS reads all of a file for names of exports, which costs as much as loading it
    supported: { "dynamic-import": false },
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
