/** The same sources on `cdktn`: it takes the place of `cdktf` for our constructs and for @cdktf/provider-aws alike. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { version as cdktfVersion } from "cdktf/package.json";
import { version as cdktnVersion } from "cdktn/package.json";

const run = promisify(execFile);
const root = resolve(__dirname, "../../..");
const examples = readdirSync(join(root, "examples")).filter((name) =>
  existsSync(join(root, "examples", name, "main.ts")),
);

/** Stacks by name, with cdktf's notes (`//`) apart, and the version that these name. */
async function synthesize(program: string, engine: "cdktf" | "cdktn") {
  const folder = mkdtempSync(join(tmpdir(), "cdktn-"));
  try {
    const hook = engine === "cdktn" ? ["--require", join(root, "test/support/cdktn-in-place-of-cdktf.js")] : [];
    const args = [...hook, require.resolve("ts-node/dist/bin"), join(root, program)];
    // a whole repository has a package.json of its own, and finds us among its packages
    mkdirSync(join(folder, "packages"));
    symlinkSync(root, join(folder, "packages/unexpired"));
    const env = { PATH: process.env.PATH, NODE_PATH: join(folder, "packages") };
    await run(process.execPath, args, { cwd: folder, env });
    const stacks = join(folder, "cdktf.out/stacks");
    const texts = readdirSync(stacks).map((name) => readFileSync(join(stacks, name, "cdk.tf.json"), "utf8"));
    return texts.map((text) => {
      const stack = JSON.parse(text.replaceAll(folder, "/project")) as { "//": { metadata: { version: string } } };
      return { version: stack["//"].metadata.version, json: withoutNotes(stack) };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function withoutNotes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "//")
      .map(([key, member]) => [key, withoutNotes(member)]),
  );
}

test.each([...examples.map((name) => `examples/${name}/main.ts`), "test/support/stack-with-everything.ts"])(
  "%s synthesizes the same",
  async (program) => {
    const [cdktf, cdktn] = await Promise.all([synthesize(program, "cdktf"), synthesize(program, "cdktn")]);
    expect(cdktf.length).toBeGreaterThan(0);
    expect(cdktn.map(({ json }) => json)).toEqual(cdktf.map(({ json }) => json));
    expect(cdktf.map(({ version }) => version)).toEqual(cdktf.map(() => cdktfVersion));
    expect(cdktn.map(({ version }) => version)).toEqual(cdktn.map(() => cdktnVersion));
  },
);
