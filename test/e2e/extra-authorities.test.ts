/**
 * A machine whose operator trusts a private authority by NODE_EXTRA_CA_CERTS, which the launcher keeps from node's start:
 * every place that the real provider connects to is behind such an authority here, and no `ca_file` says so.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { issuerArgument, startProviderWorld, type ProviderWorld } from "../support/provider-world";
import { startTlsFront, type TlsFront } from "../support/tls-front";
import type { TerraformProject } from "../support/terraform";

let world: ProviderWorld;
let portal: Server;
let project: TerraformProject;
const fronts: TlsFront[] = [];
let extraFile: string;
let environment: Readonly<Record<string, string>>;

const startUrl = "https://sso.example.gov/start";

beforeAll(async () => {
  world = await startProviderWorld();
  portal = await startSsoPortal();
  const aws = await front(world.sandbox.aws.endpointUrl);
  const sso = await front(`http://127.0.0.1:${(portal.address() as AddressInfo).port}`);
  const { acmeCaFile, edgeDnsCaFile } = world.sandbox.files;
  extraFile = join(world.folder, "extra.pem");
  const ofSandbox = [acmeCaFile, edgeDnsCaFile].map((file) => readFileSync(file, "utf8"));
  writeFileSync(extraFile, [aws.caPem, sso.caPem, ...ofSandbox].join("\n"));

  project = await world.project(`
    resource "unexpired_certificate" "web" {
      name         = "stack/web"
      domain_names = ["app.example.gov"]
      issuer       = ${issuerArgument(world.sandbox)}
      zones        = [{ name = "example.gov" }]
    }
  `);
  const main = join(project.folder, "main.tf");
  writeFileSync(main, readFileSync(main, "utf8").replace(/, ca_file = "[^"]*"/g, ""));
  environment = {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ENDPOINT_URL_SSO: sso.url,
    AWS_PROFILE: "single-sign-on",
    AWS_CONFIG_FILE: writeProfile(join(project.folder, "home")),
    AWS_ACCESS_KEY_ID: "",
    AWS_SECRET_ACCESS_KEY: "",
  };
});

afterAll(async () => {
  for (const each of fronts) await each.close();
  portal.close();
  await world.close();
});

async function front(url: string): Promise<TlsFront> {
  const made = await startTlsFront(url);
  fronts.push(made);
  return made;
}

/** Where the AWS SDK exchanges the token of a login for a session. */
async function startSsoPortal(): Promise<Server> {
  const session = world.sandbox.account.startSession("arn:aws:sts::111122223333:assumed-role/tls/someone", {
    userId: "AROAEXAMPLE:someone",
    seconds: 3600,
  });
  const roleCredentials = { ...session, expiration: session.expiration?.getTime() };
  const server = createServer((_, response) =>
    response.setHeader("content-type", "application/json").end(JSON.stringify({ roleCredentials })),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** A profile of single sign-on whose user has logged in. Returns the configuration file. */
function writeProfile(home: string): string {
  const cache = join(home, ".aws/sso/cache");
  mkdirSync(cache, { recursive: true });
  const token = { accessToken: "of-a-login", expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
  writeFileSync(join(cache, `${createHash("sha1").update(startUrl).digest("hex")}.json`), JSON.stringify(token));
  const config = join(home, ".aws/config");
  writeFileSync(
    config,
    `[profile single-sign-on]
sso_start_url = ${startUrl}
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = tls

[profile process]
credential_process = /bin/sh ${writeCredentialProcess(home)}
`,
  );
  return config;
}

/** Gives out credentials where it finds the extra authorities under node's name, as a program in node would. */
function writeCredentialProcess(home: string): string {
  const { accessKeyId, secretAccessKey } = world.sandbox.aws;
  const answer = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
  const script = join(home, "credentials.sh");
  writeFileSync(script, `[ "$NODE_EXTRA_CA_CERTS" = ${extraFile} ] && echo '${JSON.stringify(answer)}'\n`);
  return script;
}

test("a certificate is issued and imported, and the next plan has nothing to do", async () => {
  const trusting = { environment: { ...environment, NODE_EXTRA_CA_CERTS: extraFile } };
  await project.succeed(["apply", "-no-color", "-input=false", "-auto-approve"], trusting);
  await project.succeed(["plan", "-no-color", "-input=false", "-detailed-exitcode"], trusting);
});

test("a credential_process finds the variable as the caller set it", async () => {
  const { exitCode } = await project.run(["plan", "-no-color", "-detailed-exitcode"], {
    environment: { ...environment, AWS_PROFILE: "process", NODE_EXTRA_CA_CERTS: extraFile },
  });
  expect(exitCode).toBe(0);
});

test("without the variable nothing is connected to", async () => {
  const { exitCode, output } = await project.run(["plan", "-no-color"], { environment });
  expect(exitCode).toBe(1);
  expect(output).toMatch(/(self-signed|first) certificate/);
});

test("a file that is not there is a warning in terraform's log", async () => {
  const missing = join(world.folder, "missing.pem");
  const { exitCode, stderr } = await project.run(["plan", "-no-color"], {
    environment: { ...environment, NODE_EXTRA_CA_CERTS: missing, TF_LOG_PROVIDER: "WARN" },
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`the extra authorities in ${missing} are not trusted: ENOENT`);
});
