/** examples/infra-repo: what each change of a stack plans, what the checks of the app refuse, and where state goes. */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import packageJson from "../../../package.json";
import { startExampleWorld, type ExampleWorld } from "../../support/examples/example-world";

let world: ExampleWorld;
beforeAll(async () => (world = await startExampleWorld()));
afterAll(() => world.close());

const folder = resolve(__dirname, "../../../examples/infra-repo");
const readText = (name: string) => readFile(join(folder, name), "utf8");

test("production: applied, changed as the README says, destroyed", async () => {
  const example = await world.open("infra-repo", { stack: "production" });
  await example.apply();
  await example.expectEmptyPlan();

  const plans = await example.plansFor({
    "`hostName` to `web.example.gov`": ['"www.example.gov"', '"web.example.gov"'],
    '`keyAlgorithm: "RSA_2048"` in web-service.ts': [
      "domainNames: [hostName],",
      'domainNames: [hostName], keyAlgorithm: "RSA_2048",',
      "web-service.ts",
    ],
    "`issuer` to `CertificateIssuer.letsEncrypt()`": ["CertificateIssuer.acm()", "CertificateIssuer.letsEncrypt()"],
    "`zoneName` and `hostName` to `example.org`": [
      'zoneName: "example.gov",\n  hostName: "www.example.gov"',
      'zoneName: "example.org",\n  hostName: "www.example.org"',
    ],
  });
  expect(plans.found).toEqual(plans.told);
  const refusals = await example.refusalsFor({
    "`hostName` to `*.example.gov`": ['"www.example.gov"', '"*.example.gov"'],
    "`hostName` to `www.example.com`": ['"www.example.gov"', '"www.example.com"'],
  });
  expect(refusals.found).toEqual(refusals.told);

  await example.destroy();
  expect(world.left()).toEqual({ aws: [], records: [], proofs: ["www.example.gov"] });
});

test("with STATE_BUCKET, state is in a bucket and locked there", async () => {
  const example = await world.open("infra-repo", { stack: "staging" });
  await example.example.synthesize({ STATE_BUCKET: "infra-state" });
  expect(JSON.parse(await example.example.stackText("staging"))).toMatchObject({
    terraform: {
      backend: {
        s3: {
          bucket: "infra-state",
          region: "us-east-1",
          key: "infra/staging.tfstate",
          encrypt: true,
          use_lockfile: true,
        },
      },
    },
  });
});

test("it asks for this version of the package, and for its peers as the package does", async () => {
  const { dependencies } = JSON.parse(await readText("package.json")) as { readonly dependencies: object };
  expect(dependencies).toEqual({ unexpired: `^${packageJson.version}`, ...packageJson.peerDependencies });
});

test("GitHub's pipeline takes actions for what a shell cannot do, and no others", async () => {
  const { jobs } = parse(await readText(".github/workflows/deploy.yml")) as {
    readonly jobs: { readonly deploy: { readonly steps: readonly { readonly uses?: string }[] } };
  };
  expect(jobs.deploy.steps.flatMap(({ uses }) => uses?.split("@")[0] ?? [])).toEqual([
    "actions/checkout",
    "actions/setup-node",
    "hashicorp/setup-terraform",
    "aws-actions/configure-aws-credentials",
  ]);
});
