/** The provider as users have it: bundled, installed in a mirror, started by terraform with certificates of both sides. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bundleProvider } from "../../scripts/bundle-provider";
import { sleep } from "../../src/platform/clock";
import { installProvider } from "../../src/provider/install/install-provider";
import { createClientIdentity, PluginProcess, type ClientIdentity } from "../support/plugin-client";
import { TerraformProject, type RunOptions } from "../support/terraform";
import { toyAddress, ToyStore } from "../support/toy-provider";

let folder: string;
let bundleFolder: string;
let mirror: { folder: string; addresses: readonly string[] };
let store: ToyStore;
const projects: TerraformProject[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "packed-"));
  bundleFolder = join(folder, "bundle");
  await bundleProvider({
    entry: join(__dirname, "../support/toy-provider-main.ts"),
    folder: bundleFolder,
    version: "0.0.1",
  });
  const { addresses } = await installProvider(
    { hosts: ["registry.terraform.io"], namespace: "unexpired", type: "toy", version: "0.0.1", bundleFolder },
    { mirror: join(folder, "mirror") },
  );
  mirror = { folder: join(folder, "mirror"), addresses };
});

afterEach(async () => {
  for (const project of projects.splice(0)) await project.remove();
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function project(body: string, environment: Readonly<Record<string, string>> = {}): Promise<TerraformProject> {
  const made = await TerraformProject.create({
    files: {
      // the user's project is one of ES modules, and the provider is unpacked below it
      "package.json": JSON.stringify({ type: "module" }),
      "main.tf": `
        terraform {
          required_providers { toy = { source = "${toyAddress}" } }
        }
        provider "toy" { store = "${join(folder, "store.json")}" }
        resource "toy_thing" "it" {
          ${body}
        }
      `,
    },
    mirror,
    environment,
  });
  projects.push(made);
  store = new ToyStore(join(folder, "store.json"));
  await made.init();
  return made;
}

test("init, apply, empty plans and destroy from the mirror", async () => {
  const terraform = await project('name = "one"');
  await terraform.apply();
  await terraform.expectEmptyPlan();
  await terraform.destroy();
  expect(store.all()).toEqual({});
});

test("NODE_OPTIONS of the caller do not reach the provider", async () => {
  const terraform = await project('name = "one"', { NODE_OPTIONS: "--require /nonexistent/hook.js" });
  expect((await terraform.plan()).exitCode).toBe(2);
});

test("a TMPDIR too long for a socket is no obstacle, and nothing is left in it", async () => {
  const long = join(folder, "long".repeat(30));
  await mkdir(long);
  const terraform = await project('name = "one"', { TMPDIR: long });
  expect((await terraform.plan()).exitCode).toBe(2);
  const left = await readdir(long);
  expect(left.filter((name) => name.startsWith("tf-"))).toEqual([]);
});

test("values larger than gRPC's usual 4 MB pass in both directions", async () => {
  const big = `tags = { big = join("", [for i in range(1000) : format("%05000d", i)]) }`;
  const terraform = await project(`name = "one"\n ${big}`);
  expect((await terraform.plan()).exitCode).toBe(2);
});

test("Ctrl-C in a terminal reaches the whole process group; the create stops and says so", async () => {
  const terraform = await project('name = "interrupted"\n work_seconds = 60');
  const stopped = await terraform.run(["apply", "-no-color", "-auto-approve"], {
    onOutput: creating("interrupted", (running) => process.kill(-(running.pid ?? 0), "SIGINT")),
  });
  expect(stopped.exitCode).toBe(1);
  expect(stopped.output).toContain("terraform was interrupted");
  expect(store.all()).not.toHaveProperty("interrupted");
});

/** Acts while the provider creates the thing. */
function creating(name: string, act: (terraform: ChildProcess) => void): RunOptions["onOutput"] {
  return ["toy_thing.it: Creating...", (terraform) => store.hasBegun(name, terraform).then(() => act(terraform))];
}

test("log lines are understood by terraform", async () => {
  const terraform = await project('name = "one"');
  const { stderr } = await terraform.run(["plan", "-no-color"], { environment: { TF_LOG_PROVIDER: "TRACE" } });
  const line = stderr
    .split("\n")
    .find((text) => text.includes("call received: ") && text.includes("PlanResourceChange"));
  expect(line).toContain("[TRACE] provider.terraform-provider-toy_v0.0.1");
  expect(line).toContain("tf_resource_type=toy_thing");
});

test("a provider whose terraform was killed ends by itself", async () => {
  const terraform = await project('name = "orphan"\n work_seconds = 60');
  const killed = await terraform.run(["apply", "-no-color", "-auto-approve"], {
    environment: { TF_LOG: "DEBUG" },
    onOutput: creating("orphan", (running) => running.kill("SIGKILL")),
  });
  expect(killed.exitCode).toBeNull();
  const started = [...killed.stderr.matchAll(/plugin started: .*pid=(\d+)/g)].map((match) => Number(match[1]));
  expect(started.length).toBeGreaterThan(0);
  for (let waited = 0; waited < 100 && started.some(isRunning); waited++) await sleep(100);
  expect(started.filter(isRunning)).toEqual([]);
  expect(store.all()).not.toHaveProperty("orphan");
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("started by hand it explains itself", async () => {
  const child = spawn(process.execPath, [join(bundleFolder, "provider.cjs")], { env: { PATH: process.env.PATH } });
  expect(await outcome(child)).toEqual({
    exitCode: 1,
    stdout: "",
    stderr:
      "this is a Terraform provider, which terraform starts by itself\n" +
      "hint: install it with `unexpired provider install`, name it in required_providers, and run terraform init\n",
  });
});

test("without node on PATH it says what it needs", async () => {
  const bin = join(folder, "bin");
  await mkdir(bin);
  const version = join(mirror.folder, toyAddress, "0.0.1");
  const [platform = ""] = await readdir(version);
  const child = spawn("/bin/sh", [join(version, platform, "terraform-provider-toy_v0.0.1")], { env: { PATH: bin } });
  expect(await outcome(child)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("needs Node.js 20.9 or later") as string,
  });
});

describe("the socket", () => {
  const health = "/grpc.health.v1.Health/Check";
  const none = new Uint8Array();
  let core: ClientIdentity;
  let provider: PluginProcess;

  beforeAll(async () => {
    core = await createClientIdentity();
    provider = await PluginProcess.start(join(bundleFolder, "provider.cjs"), core);
  });

  afterAll(() => {
    provider.child.kill("SIGKILL");
  });

  test("is told by one line, with a certificate for localhost in unpadded base64", () => {
    const { fields, certificate } = provider.handshake;
    expect([...fields.slice(0, 3), fields[4]]).toEqual(["1", "6", "unix", "grpc"]);
    expect(fields[5]).not.toContain("=");
    expect(certificate.checkHost("localhost")).toBe("localhost");
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  test("serves the holder of the announced certificate", async () => {
    expect(await provider.call(health, none, core)).toMatchObject({ status: 0, body: Buffer.of(8, 1) });
  });

  test("refuses another certificate, and none", async () => {
    await expect(provider.call(health, none, await createClientIdentity())).rejects.toThrow();
    await expect(provider.call(health, none)).rejects.toThrow();
  });

  test("answers an unknown call as not implemented", async () => {
    const answer = await provider.call("/tfplugin6.Provider/ListResource", none, core);
    expect(answer).toMatchObject({ status: 12, message: "unknown method /tfplugin6.Provider/ListResource" });
  });

  test("Shutdown is answered, then the process ends with 0 and its socket folder is gone", async () => {
    const { address } = provider.handshake;
    expect(await provider.call("/plugin.GRPCController/Shutdown", none, core)).toMatchObject({ status: 0 });
    expect(await provider.ended()).toBe(0);
    expect(existsSync(dirname(address))).toBe(false);
  });
});

async function outcome(child: ChildProcess): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => (output.stdout += chunk.toString("utf8")));
  child.stderr?.on("data", (chunk: Buffer) => (output.stderr += chunk.toString("utf8")));
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, ...output };
}
