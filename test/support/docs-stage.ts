/** Where the commands of README, docs and examples are run: a folder, a home, our programs as built, and a sandbox. */
import { execFile } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { terraformEnvironment } from "../../src/sandbox/describe-sandbox";
import { importPaidCertificate } from "./examples/made-before";
import { createHttpsListener } from "./query-client";
import { runningSandbox, unexpiredProgram, type RunningSandbox } from "./running-sandbox";
import { unbuilt } from "./unbuilt";

const root = resolve(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

export interface Fence {
  readonly language: string;
  readonly title?: string;
  readonly text: string;
}

/** Of a page below the repository. */
export function fencesOf(page: string): Fence[] {
  return [...read(page).matchAll(/^```(\w*)(?: title=(\S+))?\n([^]*?)^```$/gm)].map(
    ([, language = "", title, text = ""]) => ({ language, title, text }),
  );
}

/** What stands for something of the reader's own. */
const placeholders = (sandbox: RunningSandbox, certificateArn: string) =>
  [
    ["arn:aws:elasticloadbalancing:…", sandbox.ready.loadBalancers[0]?.arn ?? ""],
    [/arn:aws:acm:\S+/g, certificateArn],
  ] as const;

export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), "docs-commands-"));
  /** Environment of its commands, beside that of every page. */
  readonly given: Record<string, string> = {};
  /** Of a certificate that was made before the page imports it, or puts it somewhere. */
  certificateArn = "";

  private constructor(readonly sandbox: RunningSandbox) {}

  static async open(): Promise<Stage> {
    const home = mkdtempSync(join(tmpdir(), "docs-home-"));
    const stage = new Stage(await runningSandbox({ folder: home, args: ["--faults", "calm"] }));
    for (const name of ["home", "bin"]) mkdirSync(join(stage.folder, name));
    symlinkSync(join(root, "examples"), join(stage.folder, "examples"));
    cpSync(stage.sandbox.ready.edgeDns.edgerc, join(stage.folder, "home/.edgerc"));
    for (const [name, text] of Object.entries(stage.shims())) {
      writeFileSync(join(stage.folder, "bin", name), `#!/bin/sh -e\n${text}\n`);
      chmodSync(join(stage.folder, "bin", name), 0o755);
    }
    return stage;
  }

  async close(): Promise<void> {
    await this.sandbox.end("SIGTERM");
    rmSync(dirname(this.sandbox.readyFile), { recursive: true, force: true });
    rmSync(this.folder, { recursive: true, force: true });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.folder, name), text);
  }

  /** A stack with the provider block of the sandbox. */
  async declare(resources: string): Promise<void> {
    this.write({
      "main.tf":
        'terraform {\n  required_providers {\n    unexpired = { source = "unexpired/unexpired" }\n  }\n}\n' + resources,
    });
    await this.run("terraform init");
  }

  /** A stack whose resource exists, but not in the state. */
  async importing(resources: string, address: string): Promise<void> {
    await this.declare(resources);
    await this.run("terraform apply");
    this.certificateArn =
      /arn:aws:acm:[^"]+/.exec(readFileSync(join(this.folder, "terraform.tfstate"), "utf8"))?.[0] ?? "";
    await this.run(`terraform state rm ${address}`);
  }

  /** A certificate of the sandbox's CA, by the account of manage-certs, which a listener serves. */
  async serving(name: string): Promise<void> {
    const { acme, edgeDns, dns, management, aws, loadBalancers } = this.sandbox.ready;
    this.certificateArn = await importPaidCertificate(this.sandbox.ready, name);
    await createHttpsListener(aws, {
      loadBalancerArn: loadBalancers[0]?.arn ?? "",
      certificateArn: this.certificateArn,
    });
    const listeners = (await (await fetch(`${management.url}/listeners`)).json()) as readonly {
      readonly port: number;
    }[];
    const config = {
      zones: [{ name: "example.gov" }],
      issuers: [{ name: "sandbox", directoryUrl: acme.directoryUrl, caFile: acme.caFile }],
      edgeDns: { edgerc: edgeDns.edgerc, caFile: edgeDns.caFile },
      nameServers: dns.nameServers,
      verify: { roots: acme.rootsFile, connectTo: listeners.map(({ port }) => `:443:127.0.0.1:${port}`) },
    };
    // JSON is YAML
    this.write({ "manage-certs.yaml": JSON.stringify(config) });
    await this.run(`manage-certs renew --apply --only ${name} --within 9999d`);
  }

  get variables(): string {
    const { acme, edgeDns, dns, aws } = this.sandbox.ready;
    return JSON.stringify({
      region: aws.region,
      issuer: { directory_url: acme.directoryUrl, ca_file: acme.caFile },
      edge_dns: { edgerc: edgeDns.edgerc, ca_file: edgeDns.caFile },
      name_servers: dns.nameServers,
    });
  }

  /** Runs a block as written, in one shell. */
  async run(block: string): Promise<string> {
    this.overrideProvider();
    const text = this.settled(block);
    return new Promise((done, failed) =>
      execFile(
        "sh",
        ["-euc", text],
        { cwd: this.folder, env: this.environment(), timeout: 150_000 },
        (error, stdout, stderr) => {
          if (error) failed(new Error(`${text}\nended with ${String(error.code)}:\n${stdout}${stderr}`));
          else done(stdout);
        },
      ),
    );
  }

  /** Writes what the page says to write, and runs its commands, in their order. */
  async runPage(page: string): Promise<void> {
    for (const { language, title, text } of fencesOf(page)) {
      if (title !== undefined) this.write({ [title]: text });
      if (language === "sh") await this.run(text);
    }
  }

  private settled(block: string): string {
    let text = block;
    for (const [placeholder, value] of placeholders(this.sandbox, this.certificateArn))
      text = text.replaceAll(placeholder, value);
    // a path of the reader's project, which is the repository for an example that was not copied
    return text.replace(/npx unexpired sandbox up --ready-file (\S+)/g, `cp "${this.sandbox.readyFile}" $1`);
  }

  /** Terraform merges files so named: what a page declares stays as it is, and finds the sandbox instead of the world. */
  private overrideProvider(): void {
    const main = join(this.folder, "main.tf");
    const text = readdirSync(this.folder).includes("main.tf") ? readFileSync(main, "utf8") : "";
    if (text === "" || text.includes("var.edge_dns")) return;
    const { acme, edgeDns, dns } = this.sandbox.ready;
    const issuer = `{ directory_url = "${acme.directoryUrl}", ca_file = "${acme.caFile}" }`;
    this.write({
      [text.includes('provider "unexpired"') ? "sandbox_override.tf" : "sandbox.tf"]: `provider "unexpired" {
        edge_dns     = { edgerc = "${edgeDns.edgerc}", ca_file = "${edgeDns.caFile}" }
        name_servers = ${JSON.stringify(dns.nameServers)}
      }`,
      ...(text.includes('"unexpired_certificate" "web"') && {
        "issuer_override.tf": `resource "unexpired_certificate" "web" {\n  issuer = ${issuer}\n}`,
      }),
    });
  }

  private environment(): NodeJS.ProcessEnv {
    const { acme, edgeDns, dns, loadBalancers } = this.sandbox.ready;
    return {
      ...terraformEnvironment(this.sandbox.ready),
      PATH: `${join(this.folder, "bin")}:${process.env.PATH ?? ""}`,
      HOME: join(this.folder, "home"),
      CHECKPOINT_DISABLE: "1",
      TF_CLI_ARGS: "-no-color",
      TF_CLI_ARGS_apply: "-auto-approve -input=false",
      TF_CLI_ARGS_destroy: "-auto-approve -input=false",
      TF_VAR_load_balancer_arn: loadBalancers[0]?.arn,
      ADP_MASTER_KEY: "a master key for the commands of the docs, long enough",
      ACME_DIRECTORY_URL: acme.directoryUrl,
      ACME_CA_FILE: acme.caFile,
      NODE_EXTRA_CA_CERTS: edgeDns.caFile,
      EDGE_DNS_CA_FILE: edgeDns.caFile,
      NAME_SERVERS: dns.nameServers.join(","),
      ...this.given,
    };
  }

  /** npm and npx without a registry: our own programs run as built, and of npm's commands it is checked that they would. */
  private shims(): Record<string, string> {
    const node = `exec "${process.execPath}"`;
    const tsNode = require.resolve("ts-node/dist/bin");
    const pointing = [...unbuilt, join(root, "test/support/examples/point-at-sandbox-main.ts")]
      .map((word) => `"${word}"`)
      .join(" ");
    return {
      npx: `case "$1" in
        unexpired) shift; ${node} "${unexpiredProgram}" "$@";;
        akamai-dns-proxy) shift; ${node} "${join(root, "dist/src/bin/akamai-dns-proxy.js")}" "$@";;
        manage-certs) shift; ${node} "${join(root, "dist/src/bin/manage-certs.js")}" "$@";;
        ts-node) shift; "${process.execPath}" "${tsNode}" "$@"; ${node} ${pointing} "${this.sandbox.readyFile}";;
        *) echo "npx $1 is not in the docs' tests" >&2; exit 1;;
      esac`,
      "akamai-dns-proxy": `${node} "${join(root, "dist/src/bin/akamai-dns-proxy.js")}" "$@"`,
      "manage-certs": `${node} "${join(root, "dist/src/bin/manage-certs.js")}" "$@"`,
      unexpired: `${node} "${unexpiredProgram}" "$@"`,
      "drift-check": `${node} "${join(root, "dist/src/bin/drift-check.js")}" "$@"`,
      npm: `${node} "${join(root, "test/support/checked-npm.js")}" "$@"`,
    };
  }
}
