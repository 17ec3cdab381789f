/** `drift-check self-test`: on a stack of its own, and in a copy of the state of one that is somebody's. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { DriftWorld, listenerOf } from "../support/drift/drift-world";
import type { TerraformProject } from "../support/terraform";

const program = resolve(__dirname, "../../dist/src/bin/drift-check.js");

let world: DriftWorld;
let project: TerraformProject;
let modules: string;
const secret = "hush: nobody is to read this";

beforeAll(async () => {
  world = await DriftWorld.start();
  modules = mkdtempSync(join(tmpdir(), "modules-"));
  writeFileSync(join(modules, "main.tf"), 'output "name" { value = "beside the stack" }\n');
  const beside = `module "beside" { source = "../${basename(modules)}" }\n`;
  const token = 'variable "token" { sensitive = true }\nresource "terraform_data" "token" { input = var.token }\n';
  const stack = world.certificate("web") + listenerOf("web") + beside + token;
  project = await world.applied(stack, { TF_VAR_token: secret });
}, 120_000);
afterAll(async () => {
  await world.close();
  rmSync(modules, { recursive: true, force: true });
});

function selfTest(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [program, "self-test", ...args], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise<{ code: number | null; output: string }>((done) =>
    child.once("close", (code) => done({ code, output })),
  );
}

/** All that a stack is, and what its state says. */
const asItIs = () => ({
  files: readdirSync(project.folder).sort(),
  state: readFileSync(join(project.folder, "terraform.tfstate"), "utf8"),
  inAcm: world.world.sandbox.account.region().acm.all().length,
  orders: world.orders(),
});

test("in a copy of the state: both are seen, and neither stack nor backend has changed", async () => {
  const before = asItIs();
  const { code, output } = await selfTest([project.folder], project.environment());
  expect([code, output.trim()]).toEqual([
    0,
    `ok ${basename(project.folder)}: the plan of its copy shows the drift in aws_lb.front and the due certificate in unexpired_certificate.web`,
  ]);
  expect(asItIs()).toEqual(before);
  const left = readdirSync(join(world.world.folder, "state/drift"), { recursive: true }).map(String);
  expect(left.filter((name) => /work|scratch|tfstate|tfplan/.test(name))).toEqual([]);
});

test("a plan that leaves them out: it says what was not seen", async () => {
  const shim = join(project.folder, "shim.sh");
  const script = 'test "$1" = plan && exec terraform "$@" -target=terraform_data.token\nexec terraform "$@"';
  writeFileSync(shim, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const { code, output } = await selfTest([project.folder, "--terraform-bin", shim], project.environment());
  expect(code).toBe(1);
  expect(output).toContain(
    "planted the drift in aws_lb.front and the due certificate in unexpired_certificate.web, and the plan does not show it",
  );
  expect(output).not.toContain(secret);
});

test("without a stack: everything a run has to see and to do, in a sandbox of its own", async () => {
  const home = join(project.folder, "nobody");
  const { code, output } = await selfTest([], { PATH: process.env.PATH ?? "", HOME: home });
  expect([code, output.match(/^(ok|!!) .*/gm)]).toEqual([
    0,
    [
      "ok the stack examples/plain-terraform is applied in a sandbox",
      "ok the drift in unexpired_dns_record.contact is seen, and nothing is applied beside it",
      "ok unexpired_certificate.web is seen to be due",
      "ok the same with a plan that says nothing: the detector calls the renewal missed",
      expect.stringMatching(/^ok the renewal is applied, and serial [0-9a-f]+ is served in 3 handshakes$/),
    ],
  ]);
});
