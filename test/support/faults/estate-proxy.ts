import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sleep } from "../../../src/platform/clock";
import { jsonLinesLogger } from "../../../src/platform/json-lines-logger";
import { deriveCredentials, newClientToken, parseMasterKey } from "../../../src/proxy/identity/client-secret";
import { startProxy, type RunningProxy } from "../../../src/proxy/start-proxy";
import type { Sandbox } from "../../../src/sandbox/start-sandbox";
import { createThrowawayCa } from "../../../src/sandbox/throwaway-tls";
import { edgerc, masterKeyText } from "../running-proxy";

/** akamai-dns-proxy before the Edge DNS of a sandbox, in this process; it may be stopped and started again in its place. */
export class EstateProxy {
  private constructor(
    private readonly folder: string,
    private readonly open: () => Promise<RunningProxy>,
    private running: RunningProxy | undefined,
  ) {}

  static async start({ files }: Sandbox, folder: string): Promise<EstateProxy> {
    const file = (name: string) => join(folder, name);
    const ca = await createThrowawayCa();
    const identity = await ca.issue(["127.0.0.1"]);
    const token = newClientToken();
    await writeFile(file("adp-ca.pem"), ca.caPem);
    await writeFile(file("adp.pem"), identity.certPem);
    await writeFile(file("adp.key"), identity.keyPem, { mode: 0o600 });
    const open = async (port: number) => {
      await writeFile(file("adp.yaml"), policy(port, files, token));
      return startProxy({
        policyFile: file("adp.yaml"),
        environment: { ADP_MASTER_KEY: masterKeyText },
        readAwsSecret: () => Promise.reject(new Error("no secret of AWS is named here")),
        homeFolder: folder,
        logger: jsonLinesLogger(() => undefined),
        sleep: (_ms, signal) => sleep(5, signal),
      });
    };
    const first = await open(0);
    const credentials = deriveCredentials(parseMasterKey(masterKeyText, "tests"), token);
    await writeFile(file("team.edgerc"), edgerc({ ...credentials, host: `127.0.0.1:${first.port}` }), { mode: 0o600 });
    return new EstateProxy(folder, () => open(first.port), first);
  }

  /** As `Engine` takes it. */
  get edgeDns() {
    return { edgerc: join(this.folder, "team.edgerc"), caFile: join(this.folder, "adp-ca.pem") };
  }

  async stop(): Promise<void> {
    await this.running?.close();
    this.running = undefined;
  }

  async startAgain(): Promise<void> {
    this.running ??= await this.open();
  }

  async close(): Promise<void> {
    await this.stop();
  }
}

/** Names are exact in a grant. */
const names = ["app", "moved", ...Array.from({ length: 10 }, (_, index) => `due-${index}`)].map(
  (label) => `${label}.example.gov`,
);

const policy = (port: number, files: Sandbox["files"], token: string) => `
listen: { port: ${port}, tls: { certificateFile: adp.pem, privateKeyFile: adp.key }, names: [127.0.0.1] }
upstream: { edgerc: ${files.edgerc}, caFile: ${files.edgeDnsCaFile} }
masterKey: { env: ADP_MASTER_KEY }
audit: { file: audit.jsonl }
clients:
  - { name: team, tokens: ["${token}"] }
grants:
  - { client: team, zone: example.gov, allow: acme-challenge, names: [${names.join(", ")}] }
`;
