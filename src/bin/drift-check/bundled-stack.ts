/** A stack of our own, applied in a sandbox, for drift-check to prove itself on: examples/plain-terraform. */
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AwsAccess } from "../../aws/aws-access";
import { parseCertificate } from "../../certificates/parse-certificate";
import type { RunStackOptions } from "../../drift/run/run-stack";
import { inStackPlace } from "../../drift/run/stack-place";
import type { Stack } from "../../drift/stacks/stack";
import { Terraform } from "../../drift/terraform/terraform";
import { certIdOf } from "../../issuance/cert-id-of";
import { RenewalInfoCache } from "../../issuance/renewal-info-cache";
import type { Address } from "../../rollout/connect-to";
import { installSandboxPlugins } from "../../sandbox/install-plugins";
import { faultProfiles } from "../../sandbox/sandbox-options";
import { startSandbox, type Sandbox } from "../../sandbox/start-sandbox";
import { ownBuild } from "../own-build";

export interface BundledStackOptions {
  /** Private and empty; everything is written below it. */
  readonly folder: string;
  readonly terraform: RunStackOptions["terraform"];
  readonly signal: AbortSignal;
}

const [zone, record] = ["example.gov", { name: "_contact.www.example.gov", type: "TXT" }];
const hourMs = 3600_000;

interface PulledState {
  readonly outputs: { readonly listener_arn: { readonly value: string } };
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

export class BundledStack {
  private constructor(
    readonly stack: Stack,
    readonly stateFolder: string,
    readonly environment: Readonly<Record<string, string | undefined>>,
    readonly sandbox: Sandbox,
    /** Of AWS in the sandbox. */
    readonly access: AwsAccess,
    /** What CAs said of when to renew, as the provider remembers it. */
    readonly renewalInfo: RenewalInfoCache,
    private readonly options: BundledStackOptions,
  ) {}

  /** Its sandbox is up, and the stack is not applied yet. Errors: `missing_file`, `missing_part`, `store_unwritable`. */
  static async start(options: BundledStackOptions): Promise<BundledStack> {
    const { folder, terraform } = options;
    const stack = { name: "plain-terraform", folder: join(folder, "plain-terraform") };
    const [home, stateFolder] = [join(folder, "home"), join(folder, "state")];
    for (const each of [stack.folder, home]) await mkdir(each);
    const { bundlesFolder, version } = ownBuild();
    const example = join(dirname(dirname(bundlesFolder)), "examples/plain-terraform/main.tf");
    await copyFile(example, join(stack.folder, "main.tf"));
    const plugins = { mirror: join(folder, "mirror"), bundlesFolder, version };
    const { cliConfigFile } = await installSandboxPlugins(plugins);
    const sandbox = await startSandbox({ folder: join(folder, "sandbox"), faults: faultProfiles.calm });
    const { region, endpointUrl, accessKeyId, secretAccessKey } = sandbox.aws;
    const access = new AwsAccess({ region, endpointUrl, credentials: { accessKeyId, secretAccessKey } });
    const environment = {
      ...{ PATH: terraform.environment.PATH, HOME: home, TF_CLI_CONFIG_FILE: cliConfigFile },
      ...environmentOf(sandbox),
      UNEXPIRED_STATE_DIR: stateFolder,
    };
    const renewalInfo = new RenewalInfoCache(join(home, ".cache/unexpired"));
    return new BundledStack(stack, stateFolder, environment, sandbox, access, renewalInfo, options);
  }

  /** Everything in it is made. Resolves to where its listener is. */
  async apply(): Promise<Address> {
    const state = await this.withTerraform(async (terraform, file) => {
      const { signal } = this.options;
      await terraform.init(signal);
      await terraform.plan(file, signal);
      await terraform.apply(file, signal);
      return terraform.pullState(signal);
    });
    const { outputs } = JSON.parse(state) as PulledState;
    const address = this.sandbox.account.frontEnd(outputs.listener_arn.value);
    if (address === undefined) throw new Error(`nothing listens at ${outputs.listener_arn.value}`);
    return address;
  }

  /** Takes a record of the stack away, as somebody in a console would. What puts it back is returned. */
  drift(): () => void {
    const { zones } = this.sandbox;
    const set = zones.recordSet(zone, record.name, record.type);
    zones.write(zone, { remove: [record] });
    return () => void zones.write(zone, { put: set === undefined ? [] : [set] });
  }

  /** Lets the CA's window for the certificate lie in the past, as far as the provider remembers. */
  async makeDue(): Promise<void> {
    const text = await this.withTerraform((terraform) => terraform.pullState(this.options.signal));
    const { resources } = JSON.parse(text) as PulledState;
    const found = resources.find(({ type }) => type === "unexpired_certificate");
    const chain = found?.instances[0]?.attributes.certificate_chain;
    const now = Date.now();
    await this.renewalInfo.put(certIdOf(parseCertificate(String(chain))) ?? "", {
      start: new Date(now - 2 * hourMs),
      end: new Date(now - hourMs),
      askAgainAt: new Date(now + 23 * hourMs),
    });
  }

  async close(): Promise<void> {
    this.access.close();
    await this.sandbox.close();
  }

  private withTerraform<T>(work: (terraform: Terraform, planFile: string) => Promise<T>): Promise<T> {
    const { stack, stateFolder, environment, options } = this;
    return inStackPlace(stack, stateFolder, ({ workFolder, lockDescriptor }) => {
      const place = { folder: stack.folder, outputFolder: workFolder, lockDescriptor };
      return work(new Terraform({ ...options.terraform, environment, ...place }), join(workFolder, "tfplan"));
    });
  }
}

/** Variables of the example, and AWS, as the sandbox has them. */
function environmentOf({ acme, aws, dns, files, loadBalancers }: Sandbox): Record<string, string> {
  const servers = dns.servers.map(({ host, port }) => `${host}:${port}`);
  return {
    TF_VAR_load_balancer_arn: loadBalancers.get("web") ?? "",
    TF_VAR_zone_name: zone,
    TF_VAR_region: aws.region,
    TF_VAR_issuer: JSON.stringify({ directory_url: acme.directoryUrl, ca_file: files.acmeCaFile }),
    TF_VAR_edge_dns: JSON.stringify({ edgerc: files.edgerc, ca_file: files.edgeDnsCaFile }),
    TF_VAR_name_servers: JSON.stringify(servers),
    AWS_ENDPOINT_URL: aws.endpointUrl,
    AWS_REGION: aws.region,
    AWS_ACCESS_KEY_ID: aws.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
