/** The sandbox as its users meet it: one process, the exports it prints, and terraform in another. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { shakeHands } from "../../src/rollout/shake-hands";
import { commandOf, runningSandbox } from "../support/running-sandbox";
import { TerraformProject } from "../support/terraform";

const example = readFileSync(resolve(__dirname, "../../examples/plain-terraform/main.tf"), "utf8");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-up-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The `export` lines it prints for terraform. */
function exportsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^ {2}export (\w+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
}

test("examples/plain-terraform, applied with what `unexpired sandbox up` prints", async () => {
  const sandbox = await runningSandbox({ folder, args: ["--faults", "calm"] });
  const { acme, dns, edgeDns, aws, loadBalancers, management } = sandbox.ready;
  const ask = async (path: string) => (await (await fetch(management.url + path)).json()) as never;
  const variables = {
    load_balancer_arn: loadBalancers[0]?.arn,
    region: aws.region,
    issuer: { directory_url: acme.directoryUrl, ca_file: acme.caFile },
    edge_dns: { edgerc: edgeDns.edgerc, ca_file: edgeDns.caFile },
    name_servers: dns.nameServers,
  };
  const terraform = await TerraformProject.create({
    files: { "main.tf": example, "terraform.tfvars.json": JSON.stringify(variables) },
    environment: exportsOf(sandbox.stdout()),
  });
  try {
    await terraform.init();
    await terraform.apply();
    await terraform.expectEmptyPlan();
    const serial = String((await terraform.attributes("unexpired_certificate.web")).serial);

    const listeners: { listenerArn: string; host: string; port: number }[] = await ask("/listeners");
    expect(listeners).toHaveLength(1);
    const [{ host, port } = { host: "", port: 0 }] = listeners;
    const roots = readFileSync(acme.rootsFile, "utf8");
    expect((await shakeHands({ host, port, serverName: "www.example.gov", ca: roots })).serial).toBe(serial);

    const imports = async () => {
      const history: { operation: string }[] = await ask("/history?part=aws");
      return history.filter(({ operation }) => operation === "ImportCertificate").length;
    };
    // the question whether we may, and the import itself
    expect(await imports()).toBe(2);
    await terraform.destroy();
    expect(await ask("/listeners")).toEqual([]);
  } finally {
    await terraform.remove();
    expect(await sandbox.end("SIGTERM")).toBe(0);
  }
});

test("`unexpired provider install` without --dir: terraform finds the provider without any configuration", async () => {
  const [command, ...args] = commandOf("provider", "install");
  const environment = { PATH: process.env.PATH ?? "", HOME: folder, CHECKPOINT_DISABLE: "1" };
  execFileSync(command, args, { env: environment, stdio: "pipe" });
  writeFileSync(
    join(folder, "main.tf"),
    'terraform {\n  required_providers {\n    unexpired = { source = "unexpired/unexpired" }\n  }\n}\n',
  );
  const terraform = (...words: string[]) =>
    execFileSync("terraform", words, { cwd: folder, env: environment, encoding: "utf8" });
  expect(terraform("init", "-no-color")).toContain("Installed unexpired/unexpired v0.1.0");
  expect(terraform("providers")).toContain("registry.terraform.io/unexpired/unexpired");
});
