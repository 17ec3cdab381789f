/** The scripts beside this file show the command; here they are run. The sandbox has a life cycle, told below. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { installedShape } from "../../src/provider/install/installed-shape";
import { runCliScript } from "../support/cli-script";
import { expectPublished } from "../support/published-forms";
import { commandOf, runningSandbox, unexpiredProgram } from "../support/running-sandbox";

const scripts = join(__dirname, "unexpired");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unexpired-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(readdirSync(scripts))("%s", (name) => {
  const environment = { HOME: folder, ...(name.startsWith("no-") && { PATH: "/nowhere" }) };
  const { expected, actual } = runCliScript(join(scripts, name), {
    programs: { unexpired: unexpiredProgram },
    environment,
  });
  const platform = /\d\/(?:linux|darwin|freebsd)_(?:amd64|arm64|arm|386):/g;
  expect(actual.map((step) => step.map((line) => line.replace(platform, "0/<platform>:")))).toEqual(expected);
  actual.forEach(expectPublished);
});

test("provider install without --dir: where terraform looks by itself, told as JSON", () => {
  const [command, ...args] = commandOf("provider", "install", "--json");
  const environment = { PATH: process.env.PATH, HOME: folder };
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: "utf8", env: environment });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  const facts = installedShape.parse(JSON.parse(stdout));
  expect(facts).toMatchObject({
    version: "0.1.0",
    mirror: join(folder, ".terraform.d/plugins"),
    addresses: ["registry.terraform.io/unexpired/unexpired", "registry.opentofu.org/unexpired/unexpired"],
    node: expect.stringMatching(/^v\d+\./) as string,
    cliConfiguration: expect.stringContaining("filesystem_mirror") as string,
  });
  for (const each of facts.folders) {
    expect(each.startsWith(facts.mirror)).toBe(true);
    expect(readdirSync(each)).toContain("terraform-provider-unexpired_v0.1.0");
  }
});

describe("sandbox up", () => {
  test("writes the ready file for its owner alone, says what is where, and leaves nothing behind", async () => {
    const sandbox = await runningSandbox({ folder, args: ["--faults", "calm", "--zone", "agency.example"] });
    const { ready, readyFile } = sandbox;
    expect(statSync(readyFile).mode & 0o777).toBe(0o600);
    const lines = sandbox.stdout();
    for (const value of [ready.acme.directoryUrl, ready.aws.endpointUrl, ready.management.url, readyFile])
      expect(lines).toContain(value);
    for (const name of ["TF_CLI_CONFIG_FILE", "AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "UNEXPIRED_STATE_DIR"])
      expect(lines).toContain(`  export ${name}=`);
    const answer = await fetch(`${ready.management.url}/zones`);
    expect(await answer.json()).toEqual(["agency.example"]);
    const temporary = resolve(ready.pluginDir, "..");
    expect(readdirSync(temporary)).toEqual(expect.arrayContaining(["mirror", "terraform.tfrc", "edgerc"]));

    expect(await sandbox.end("SIGTERM")).toBe(0);
    expect(sandbox.stderr()).toBe(
      "unexpired: the sandbox is up (faults: calm, seed: 1); Ctrl-C ends it\nunexpired: stopped\n",
    );
    expect([readyFile, temporary].filter(existsSync)).toEqual([]);
  });

  test("a folder of the user's stays, and so does what the sandbox wrote there", async () => {
    const kept = join(folder, "kept");
    const sandbox = await runningSandbox({ folder, args: ["--dir", kept, "--seed", "7"] });
    expect(await sandbox.end("SIGINT")).toBe(0);
    expect(readFileSync(join(kept, "terraform.tfrc"), "utf8")).toContain(`path    = "${join(kept, "mirror")}"`);
  });

  test("what cannot be written is said, and the temporary folder goes", async () => {
    writeFileSync(join(folder, "file"), "");
    const [command, ...args] = commandOf("sandbox", "up", "--ready-file", join(folder, "file/ready.json"));
    const child = spawn(command, args, { env: { PATH: process.env.PATH, TMPDIR: folder } });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const status = await new Promise((done) => child.once("close", done));
    expect(stderr).toMatch(/^unexpired: cannot write .*\/file\/ready\.json: /);
    expect(status).toBe(1);
    expect(readdirSync(folder)).toEqual(["file"]);
  });
});
