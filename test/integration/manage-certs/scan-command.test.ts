/** The command as its users run it, in a process of its own, with the emulated AWS for its endpoint. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { scanDocumentShape } from "../../../src/manage-certs/report/scan-document-shape";
import { AwsAccount } from "../../../src/sandbox/aws/aws-account";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { createHttpsListener } from "../../support/query-client";
import { createTestCa, type TestCa, type TestLeafOptions } from "../../support/test-certificates";
import { unbuilt } from "../../support/unbuilt";

const program = resolve(__dirname, "../../../src/bin/manage-certs.ts");
const dayMs = 24 * 3600_000;
const inDays = (days: number) => new Date(Date.now() + days * dayMs);

let ca: TestCa;
let emulated: EmulatedAws;
let folder: string;

beforeAll(async () => {
  ca = await createTestCa();
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "scan-"));
  emulated = await startEmulatedAws();
});

afterEach(async () => {
  await emulated.close();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

function manageCerts(...args: string[]): Promise<Ended> {
  const { endpointUrl, accessKeyId, secretAccessKey } = emulated.aws;
  const child = spawn(process.execPath, [...unbuilt, program, ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_ENDPOINT_URL: endpointUrl,
    },
  });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((done) => child.once("close", (code) => done({ code, output, errors })));
}

interface Served {
  readonly arn: string;
  /** For `--connect-to` and `--roots`. */
  readonly flags: readonly string[];
}

async function serve(options: TestLeafOptions): Promise<Served> {
  const material = await materialOf(ca, options);
  const arn = await emulated
    .access()
    .certificates()
    .importNew({ ...material, tags: {} });
  const { arn: loadBalancerArn, dnsName } = emulated.account.createLoadBalancer({ name: "web" });
  const listenerArn = await createHttpsListener(emulated.aws, { loadBalancerArn, certificateArn: arn });
  const address = emulated.account.frontEnd(listenerArn);
  if (address === undefined) throw new Error("no front end");
  writeFileSync(join(folder, "roots.pem"), ca.rootPem);
  return { arn, flags: ["--connect-to", `${dnsName}:443:${address.host}:${address.port}`, "--roots", "roots.pem"] };
}

test("nothing to do is 0, and a log keeps no progress", async () => {
  const { flags } = await serve({ notBefore: inDays(-10), notAfter: inDays(80) });
  const { code, output, errors } = await manageCerts("scan", ...flags);
  expect(errors).toBe("");
  expect(output).toMatch(
    /^1 certificate, 1 serving point, 2 handshakes in 1 account, 1 region: 0 critical, 0 warnings\n/,
  );
  expect(output).toContain("\nnothing to do\n");
  expect(output).toMatch(/^79 days +app\.example\.gov +EC_prime256v1 +nobody +not-due +web:443$/m);
  expect(code).toBe(0);
});

test("work to do is 2; JSON by its schema, metrics in a file; another CA's root is what clients refuse", async () => {
  const { arn, flags } = await serve({ notBefore: inDays(-80), notAfter: inDays(10) });
  const all = await manageCerts("scan", ...flags, "--json", "--metrics", "certs.prom");
  const document = scanDocumentShape.parse(JSON.parse(all.output));
  expect(document.findings.map(({ id }) => id)).toEqual([`expiring/${arn}`]);
  expect(document.summary).toMatchObject({ handshakes: 2, critical: 1, failures: 0 });
  expect(readFileSync(join(folder, "certs.prom"), "utf8")).toContain(
    'manage_certs_findings{rule="expiring",severity="critical"} 1',
  );
  expect(all.code).toBe(2);

  const untrusted = await manageCerts("scan", ...flags.slice(0, 2));
  expect(untrusted.output).toContain("[wire-refused]");
  const csv = await manageCerts("scan", "--csv", "--no-handshakes", "--html", "certs.html");
  expect(readFileSync(join(folder, "certs.html"), "utf8")).toMatch(
    /^<!doctype html>[^]+app\.example\.gov[^]+<\/html>\s*$/,
  );
  expect(csv.output.split("\r\n")[1]).toContain(arn);
});

test("what is found goes to the team that the configuration names, whoever renews it", async () => {
  const owners = [{ names: ["*.example.gov"], owner: "Web", contact: "web@example.gov" }];
  writeFileSync(join(folder, "manage-certs.yaml"), JSON.stringify({ owners }));
  await serve({ notBefore: inDays(-80), notAfter: inDays(10) });
  const { output } = await manageCerts("scan", "--no-handshakes", "--json");
  const { certificates, findings } = scanDocumentShape.parse(JSON.parse(output));
  const team = { name: "Web", contact: "web@example.gov" };
  expect(certificates).toMatchObject([{ names: ["app.example.gov"], owner: "nobody", team }]);
  expect(findings).toMatchObject([{ rule: "expiring", team }]);
});

test("several accounts by roles of a file; one that cannot be had makes it 1 and hides nothing", async () => {
  const member = new AwsAccount({ accountId: "999988887777" });
  emulated.account.addNeighbour(member);
  const role = member.roles.create({ name: "scan", trusts: ["111122223333"], externalId: "for us" });
  await serve({ notAfter: inDays(80) });
  const accounts = `accounts:
  - name: own
  - { name: member, roleArn: "${role.arn}", externalId: for us }
  - { name: lost, roleArn: "arn:aws:iam::999988887777:role/nothing" }
`;
  writeFileSync(join(folder, "accounts.yaml"), accounts);
  const args = ["--accounts", "accounts.yaml", "--regions", "us-east-1,eu-west-1", "--no-handshakes"];
  const { code, output } = await manageCerts("scan", ...args);
  expect(output).toMatch(/^1 certificate, 1 serving point in 2 accounts, 2 regions/);
  expect(output).toMatch(
    /^not looked at: lost sts: AWS denied sts:AssumeRole on arn:aws:iam::999988887777:role\/nothing/m,
  );
  expect(code).toBe(1);

  writeFileSync(join(folder, "accounts.yaml"), accounts.replace("roleArn", "rolArn"));
  const wrong = await manageCerts("scan", ...args);
  expect(wrong.errors).toContain('accounts.yaml:3:21: unknown key "rolArn"; did you mean "roleArn"?');
  expect(wrong.code).toBe(1);
});

test("mistakes of the command line are 64, before anything is asked", async () => {
  expect(await manageCerts("scan", "--regions", "europe")).toMatchObject({ code: 64 });
  expect(await manageCerts("scan", "--json", "--csv")).toMatchObject({
    code: 64,
    errors: "error: --json and --csv both write to standard output: choose one\n",
  });
  expect(emulated.gate.history).toEqual([]);
});
