/** Who may import whom (docs/overview.md, "Folders"). A new folder must be listed here before it may import anything. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const root = resolve(__dirname, "..");

/** Folder → folders it may import beside itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "src/platform": [],
  "src/certificates": ["src/platform"],
  "src/dns": ["src/platform"],
  "src/ledger": ["src/platform"],
  "src/alerts": ["src/service-levels"],
  "src/grafana": ["src/service-levels", "src/alerts"],
  "src/pipelines": [],
  "src/policy": ["src/platform", "src/certificates", "src/dns"],
  "src/service-levels": ["src/platform", "src/ledger"],
  "src/acme": ["src/platform", "src/certificates"],
  "src/akamai": ["src/platform", "src/dns"],
  "src/resolver": ["src/platform", "src/dns", "src/certificates"],
  "src/aws": ["src/platform", "src/certificates", "src/dns"],
  "src/issuance": [
    "src/platform",
    "src/ledger",
    "src/certificates",
    "src/dns",
    "src/policy",
    "src/acme",
    "src/akamai",
    "src/aws",
    "src/resolver",
  ],
  "src/rollout": ["src/platform", "src/certificates", "src/dns", "src/aws"],
  "src/pages": ["src/platform"],
  "src/manage-certs": [
    "src/platform",
    "src/pages",
    "src/ledger",
    "src/certificates",
    "src/policy",
    "src/dns",
    "src/acme",
    "src/akamai",
    "src/aws",
    "src/resolver",
    "src/issuance",
    "src/rollout",
    "src/pipelines",
  ],
  "src/drift": [
    "src/platform",
    "src/pages",
    "src/ledger",
    "src/service-levels",
    "src/policy",
    "src/certificates",
    "src/dns",
    "src/aws",
    "src/issuance",
    "src/rollout",
    "src/pipelines",
  ],
  "src/proxy": ["src/platform", "src/dns", "src/akamai"],
  "src/provider/wire": ["src/platform"],
  "src/provider/schema": ["src/platform", "src/provider/wire"],
  "src/provider/rpc": ["src/platform", "src/provider/wire", "src/provider/schema"],
  "src/provider/plugin": ["src/platform", "src/provider/wire", "src/provider/rpc"],
  "src/provider/install": ["src/platform"],
  "src/provider/resources": [
    "src/platform",
    "src/ledger",
    "src/certificates",
    "src/dns",
    "src/policy",
    "src/acme",
    "src/akamai",
    "src/aws",
    "src/resolver",
    "src/issuance",
    "src/rollout",
    "src/provider/schema",
    "src/provider/wire",
    "src/provider/rpc",
  ],
  "src/sandbox": [
    "src/platform",
    "src/certificates",
    "src/dns",
    "src/akamai",
    "src/provider/wire",
    "src/provider/plugin",
    "src/provider/schema",
    "src/provider/rpc",
    "src/provider/install",
    "src/sandbox/aws-provider",
  ],
  "src/sandbox/aws-provider": [
    "src/certificates",
    "src/dns",
    "src/platform",
    "src/aws",
    "src/provider/wire",
    "src/provider/schema",
    "src/provider/rpc",
  ],
  // a drill is a fault of the sandbox and what our programs make of it; nothing but its command imports it
  "src/drill": [
    "src/platform",
    "src/ledger",
    "src/certificates",
    "src/service-levels",
    "src/alerts",
    "src/issuance",
    "src/rollout",
    "src/sandbox",
  ],
  constructs: ["src/certificates", "src/dns", "src/policy", "src/platform"],
};

/** Package → the only places that may import it. */
const owners: Readonly<Record<string, readonly string[]>> = {
  "acme-client": ["src/acme"],
  "@aws-sdk/": ["src/aws"],
  "@msgpack/msgpack": ["src/provider/wire"],
  croner: ["src/drift/serve"],
  fastify: ["src/proxy", "src/sandbox", "src/drift/serve"],
  "dns-packet": ["src/sandbox"],
  jose: ["src/proxy/identity/oidc"],
  pino: ["src/platform/json-lines-logger.ts"],
  "prom-client": ["src/proxy/metrics"],
  pg: ["src/platform/postgres", "src/proxy/coordination/postgres", "src/ledger/postgres-ledger.ts"],
  cdktf: ["constructs/engine.ts"],
};

/** What programs are made of: entry points, which wire everything. */
const entryPoints = ["src/bin", "src/demo", "scripts"];

interface Import {
  readonly file: string;
  readonly target: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const pattern = /(?:from\s+|import\s*\(\s*|require\(\s*|^import\s+)["']([^"']+)["']/gm;
  return [...text.matchAll(pattern)].map((match) => ({ file, target: match[1] ?? "" }));
}

function folderOf(file: string): string | undefined {
  return Object.keys(allowed)
    .filter((folder) => file === folder || file.startsWith(folder + "/"))
    .sort((a, b) => b.length - a.length)[0];
}

const files = ["src", "constructs"].flatMap(sourceFiles);
const imports = files.filter((file) => !entryPoints.some((entry) => file.startsWith(entry + "/"))).flatMap(importsOf);

test("every source file is in a folder with an import rule", () => {
  const strays = files.filter(
    (file) => folderOf(file) === undefined && !entryPoints.some((entry) => file.startsWith(entry + "/")),
  );
  expect(strays).toEqual([]);
});

test("folders import only what their rule allows", () => {
  const broken = imports
    .filter(({ target }) => target.startsWith("."))
    .map(({ file, target }) => ({ file, to: relative(root, resolve(root, dirname(file), target)) }))
    .filter(({ file, to }) => {
      const from = folderOf(file);
      const into = folderOf(to) ?? to;
      return from === undefined || (from !== into && !allowed[from]?.includes(into));
    });
  expect(broken).toEqual([]);
});

test("packages with a single owner are imported nowhere else", () => {
  const broken = imports.filter(({ file, target }) =>
    Object.entries(owners).some(
      ([name, places]) =>
        (target === name || target.startsWith(name.endsWith("/") ? name : name + "/")) &&
        !places.some((place) => file.startsWith(place)),
    ),
  );
  expect(broken).toEqual([]);
});

test("a source file stays within 300 lines", () => {
  const long = files
    .map((file) => ({ file, lines: readFileSync(join(root, file), "utf8").split("\n").length }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});
