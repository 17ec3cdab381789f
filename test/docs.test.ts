/** What README and docs say, as far as a machine can tell whether it is true. Commands are run by test/e2e/docs-commands. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fillPage } from "../scripts/docs/fill-page";
import { certificateSchema } from "../src/provider/resources/certificate/schema";
import { dnsRecordSchema } from "../src/provider/resources/dns-record/schema";
import { rolloutSchema } from "../src/provider/resources/rollout/schema";
import { providerSchema } from "../src/provider/resources/provider-schema";
import type { Attributes, ValueType } from "../src/provider/wire/block-type";

const root = resolve(__dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const pages = ["README.md", ...["docs", "examples"].flatMap(pagesIn)].sort();

function pagesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md") && !entry.parentPath.includes("node_modules"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** Text without fenced blocks and comments. */
const prose = (text: string) => text.replace(/^```[^]*?^```$/gm, "").replace(/<!--[^]*?-->/g, "");

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");

test.each(pages)("links of %s lead somewhere", (page) => {
  const links = [...prose(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  const broken = links.filter((target) => {
    if (/^https?:/.test(target)) return false;
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? page : join(dirname(page), path);
    if (!existsSync(join(root, file))) return true;
    if (anchor === undefined) return false;
    const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));
    return !headings.includes(anchor);
  });
  expect(broken).toEqual([]);
});

test.each(pages.filter((page) => page.startsWith("docs/reference/")))(
  "%s is up to its source: npm run docs",
  (page) => {
    const text = read(page);
    expect(fillPage(text, (name) => read(join("docs/reference", name)))).toBe(text);
  },
);

test.each([
  ["provider", providerSchema.attributes],
  ["unexpired_certificate", certificateSchema.attributes],
  ["unexpired_dns_record", dnsRecordSchema.attributes],
  ["unexpired_rollout", rolloutSchema.attributes],
])("every attribute of %s is documented", (name, attributes) => {
  const page = (read(`docs/reference/${name}.md`).match(/<!-- table[^]*?<!-- \/table -->/g) ?? []).join("");
  const rows = new Map(
    [...page.matchAll(/^\| `([\w.[\]]+)` +\|(.*)\|$/gm)].map(([, key = "", row = ""]) => [key, row]),
  );
  for (const { path, description, fallback } of leaves(attributes)) {
    expect([path, description]).toEqual([path, expect.stringMatching(/\S/) as string]);
    const row = rows.get(path) ?? "";
    expect([path, row]).toEqual([path, expect.stringContaining(description ?? "") as string]);
    if (fallback !== undefined)
      expect([path, row]).toEqual([path, expect.stringContaining(`default \`${fallback}\``) as string]);
  }
});

function leaves(attributes: Attributes, prefix = ""): { path: string; description?: string; fallback?: string }[] {
  return Object.entries(attributes).flatMap(([name, { type, description, default: value }]) => {
    const path = prefix + name;
    const own = {
      path,
      description,
      ...(value !== undefined && { fallback: JSON.stringify(value).replaceAll('"', "") }),
    };
    const [inner, mark]: [ValueType, string] = "element" in type ? [type.element, "[]."] : [type, "."];
    return [own, ...(inner.kind === "object" ? leaves(inner.attributes, path + mark) : [])];
  });
}

test("the list of errors has every code once", () => {
  const union = /export type ErrorCode =[^;]*;/.exec(read("src/platform/errors.ts"))?.[0] ?? "";
  const codes = [...union.matchAll(/"(\w+)"/g)].map(([, code]) => code);
  const documented = [...read("docs/reference/errors.md").matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code);
  expect(documented).toEqual(codes);
});

test("error codes named anywhere in docs exist", () => {
  const codes = new Set([...read("docs/reference/errors.md").matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code));
  const families = /`((?:acme|aws|certificate|dns|edge_dns|invalid|store|provider)_[a-z_]+)`/g;
  const attributes = new Set(["dns_record", "edge_dns", ...leaves(providerSchema.attributes).map(({ path }) => path)]);
  const reference = ["unexpired_certificate", "unexpired_dns_record", "unexpired_rollout"].map((name) =>
    read(`docs/reference/${name}.md`),
  );
  const named = reference.flatMap((text) => [...text.slice(text.indexOf("## Errors")).matchAll(families)]);
  expect(named.map(([, code = ""]) => code).filter((code) => !codes.has(code) && !attributes.has(code))).toEqual([]);
});

test("the table of the management API has every route", async () => {
  const { managementRoutes } = await import("../src/sandbox/management/management-routes.js");
  const routes = managementRoutes({ gate: {}, acme: {}, zones: {}, account: {} } as never);
  const documented = [...read("docs/reference/sandbox.md").matchAll(/^\| `([A-Z]+ \/\S+)`/gm)].map(
    ([, route]) => route,
  );
  expect(documented.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
});

test("every decision is listed", () => {
  const files = readdirSync(join(root, "docs/decisions")).filter((name) => /^\d/.test(name));
  const listed = [...read("docs/decisions/README.md").matchAll(/\((\d[^)]+)\)/g)].map(([, name]) => name);
  expect(listed).toEqual(files.sort());
});
