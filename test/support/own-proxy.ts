import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startProxyProcess, type ProxyProcess } from "../../src/drill/proxy-process";
import type { Sandbox } from "../../src/sandbox/start-sandbox";
import type { ExampleProject } from "./examples/example-project";

const program = resolve(__dirname, "../../dist/src/bin/akamai-dns-proxy.js");

/** akamai-dns-proxy as it was built last, in a process of its own before the Edge DNS of a sandbox. */
export class OwnProxy {
  private constructor(
    private readonly folder: string,
    readonly proxy: ProxyProcess,
  ) {}

  /** `grants`: of client team-web. */
  static async start(sandbox: Sandbox, grants: readonly string[]): Promise<OwnProxy> {
    const folder = await mkdtemp(join(tmpdir(), "own-proxy-"));
    const env = { PATH: process.env.PATH ?? "", HOME: folder };
    return new OwnProxy(folder, await startProxyProcess({ folder, sandbox, program, grants, env }));
  }

  /** `edge_dns` of the provider block. */
  get edgeDns(): { readonly edgerc: string; readonly section: string; readonly ca_file: string } {
    return { edgerc: this.proxy.edgerc, section: "team-web", ca_file: this.proxy.caFile };
  }

  /** Writes the stack of an example so that it goes through the proxy. Its plans and applies are terraform's from then on. */
  async synthesize(example: ExampleProject): Promise<void> {
    const stack = await example.synthesize();
    for (const block of stack.provider.unexpired ?? []) Object.assign(block, { edge_dns: this.edgeDns });
    await example.terraform.write({ "cdk.tf.json": JSON.stringify(stack) });
  }

  /** What was written through it, in order: `operation TYPE name: outcome`. */
  async writes(): Promise<readonly string[]> {
    return (await this.proxy.auditLines())
      .filter(({ event }) => event === "write")
      .map(({ operation = "", type = "", name = "", outcome = "" }) => `${operation} ${type} ${name}: ${outcome}`);
  }

  async close(): Promise<void> {
    await this.proxy.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
