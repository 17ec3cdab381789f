/** Each example as it stands in its folder: applied to a sandbox by real terraform, planned again, served, destroyed. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { installSandboxPlugins } from "../../src/sandbox/install-plugins";
import { faultProfiles } from "../../src/sandbox/sandbox-options";
import { startSandbox, type Sandbox } from "../../src/sandbox/start-sandbox";
import { awsEnvironment, nameServersOf, providerVersion } from "../support/provider-world";
import { shakeHands } from "../../src/rollout/shake-hands";
import { synthesizeExample } from "../support/synthesize-example";
import { TerraformProject } from "../support/terraform";

const root = resolve(__dirname, "../..");

let folder: string;
let mirror: { folder: string; addresses: readonly string[] };
let sandbox: Sandbox;
let project: TerraformProject | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "examples-"));
  const bundlesFolder = join(root, "dist/provider");
  const { addresses } = await installSandboxPlugins({
    mirror: join(folder, "mirror"),
    bundlesFolder,
    version: providerVersion,
  });
  mirror = { folder: join(folder, "mirror"), addresses };
});

beforeEach(async () => {
  sandbox = await startSandbox({ folder: join(folder, "sandbox"), faults: faultProfiles.calm });
});

afterEach(async () => {
  await project?.remove();
  await sandbox.close();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function open(files: Readonly<Record<string, string>>): Promise<TerraformProject> {
  const environment = {
    ...awsEnvironment(sandbox),
    UNEXPIRED_STATE_DIR: join(folder, "state"),
    TF_VAR_load_balancer_arn: sandbox.loadBalancers.get("web") ?? "",
  };
  project = await TerraformProject.create({ files, mirror, environment });
  await project.init();
  return project;
}

/** Serial of the certificate that a client gets for a server name, verified against the CA's roots. */
async function served(listenerArn: string, serverName?: string): Promise<string> {
  const address = sandbox.account.frontEnd(listenerArn);
  if (address === undefined) throw new Error(`nothing listens at ${listenerArn}`);
  const { serial } = await shakeHands({ ...address, serverName, ca: await readFile(sandbox.files.rootsFile, "utf8") });
  return serial;
}

function expectNothingLeft(): void {
  const loadBalancerArn = sandbox.loadBalancers.get("web") ?? "";
  const region = sandbox.account.region();
  expect(region.elb.listenersOf(loadBalancerArn)).toEqual([]);
  expect(region.acm.all()).toEqual([]);
}

const serialOf = async (terraform: TerraformProject, address: string) =>
  String((await terraform.attributes(address)).serial);

test("alb-lets-encrypt", async () => {
  const stack = await synthesizeExample("alb-lets-encrypt", {
    ACME_DIRECTORY_URL: sandbox.acme.directoryUrl,
    ACME_CA_FILE: sandbox.files.acmeCaFile,
    EDGERC: sandbox.files.edgerc,
    EDGE_DNS_CA_FILE: sandbox.files.edgeDnsCaFile,
    NAME_SERVERS: nameServersOf(sandbox).join(","),
    AWS_REGION: sandbox.aws.region,
  });
  const terraform = await open({ "cdk.tf.json": JSON.stringify(stack) });
  await terraform.apply();
  await terraform.expectEmptyPlan();

  const [api, web] = Object.keys(stack.resource.unexpired_certificate ?? {}).sort();
  const webSerial = await serialOf(terraform, `unexpired_certificate.${web}`);
  const listenerArn = String((await terraform.attributes("aws_lb_listener.listener")).arn);
  expect(await served(listenerArn, "app.example.gov")).toBe(webSerial);
  expect(await served(listenerArn, "any.app.example.gov")).toBe(webSerial);
  expect(await served(listenerArn)).toBe(webSerial);
  expect(await served(listenerArn, "api.example.gov")).toBe(await serialOf(terraform, `unexpired_certificate.${api}`));

  await terraform.destroy();
  expectNothingLeft();
});

test("plain-terraform", async () => {
  const text = await readFile(join(root, "examples/plain-terraform/main.tf"), "utf8");
  const variables = {
    region: sandbox.aws.region,
    issuer: { directory_url: sandbox.acme.directoryUrl, ca_file: sandbox.files.acmeCaFile },
    edge_dns: { edgerc: sandbox.files.edgerc, ca_file: sandbox.files.edgeDnsCaFile },
    name_servers: nameServersOf(sandbox),
  };
  const terraform = await open({ "main.tf": text, "terraform.tfvars.json": JSON.stringify(variables) });
  await terraform.apply();
  await terraform.expectEmptyPlan();

  const listenerArn = String((await terraform.attributes("aws_lb_listener.https")).arn);
  expect(await served(listenerArn, "www.example.gov")).toBe(await serialOf(terraform, "unexpired_certificate.web"));
  const contact = () => sandbox.zones.recordSet("example.gov", "_contact.www.example.gov", "TXT")?.rdata;
  expect(contact()).toEqual(['"tls@example.gov"']);

  await terraform.destroy();
  expectNothingLeft();
  expect(contact()).toBeUndefined();
});
