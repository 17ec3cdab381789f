/** `manage-certs account` as people meet it. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startIssuanceWorld, type IssuanceWorld } from "../support/issuance-world";

const program = resolve(__dirname, "../../dist/src/bin/manage-certs.js");

let world: IssuanceWorld;
beforeEach(async () => {
  world = await startIssuanceWorld();
});
afterEach(() => world.close());

async function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [program, "account", ...args], {
    cwd: world.folder,
    env: { PATH: process.env.PATH, HOME: world.folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { output: "", errors: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said.errors += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { code, ...said };
}

test("make, show, change the key; mistakes are named", async () => {
  expect((await run("show")).errors).toContain("no issuer is configured");
  const { directoryUrl } = world.sandbox.acme;
  const issuers = [{ name: "sandbox", directoryUrl, caFile: world.sandbox.files.acmeCaFile }];
  writeFileSync(join(world.folder, "manage-certs.yaml"), JSON.stringify({ issuers }));
  const misspelt = await run("create", "--issuer", "sandbx");
  expect(misspelt.code).toBe(1);
  expect(misspelt.errors).toContain('there is no issuer "sandbx" in the configuration');
  expect((await run("show")).errors).toContain("manage-certs account create");
  const made = await run("create");
  expect(made).toMatchObject({ code: 0, errors: "manage-certs: the account was made\n" });
  expect(made.output.split("\n")).toEqual([
    `issuer   sandbox (${directoryUrl})`,
    expect.stringMatching(/^account {2}https:/),
    "contact  none",
    expect.stringMatching(/^key in {3}.*\.json$/),
    "",
  ]);
  expect(await run("create")).toMatchObject({
    code: 0,
    errors: "manage-certs: the account is there; nothing was made\n",
  });
  expect(await run("rollover", "--issuer", "sandbox")).toMatchObject({ code: 0, output: made.output });
  expect(await run("show")).toEqual({ code: 0, output: made.output, errors: "" });
});
