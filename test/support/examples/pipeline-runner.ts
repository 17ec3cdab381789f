/**
 * A runner for the pipelines of one repository: it vouches for its jobs with OpenID Connect tokens, as GitHub and GitLab
 * do, and stands before a proxy that knows them by the policy of the repository's README. AWS is the sandbox's, by keys.
 */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import type { Sandbox } from "../../../src/sandbox/start-sandbox";
import { OidcIssuer } from "../oidc-issuer";
import { awsEnvironment } from "../provider-world";
import { unbuilt } from "../unbuilt";
import type { ExampleFolder } from "./example-folder";
import type { PipelineStep } from "./pipeline-steps";
import { placesOf } from "./places-of";
import { startProxyOfSandbox, type ProxyOfSandbox } from "./proxy-of-sandbox";

type Claims = Readonly<Record<string, string>>;

const pointing = [...unbuilt, resolve(__dirname, "point-at-sandbox-main.ts")];

export interface PipelineRunnerOptions {
  readonly sandbox: Sandbox;
  readonly repository: ExampleFolder;
  /** terraform's CLI configuration. */
  readonly cliConfigFile: string;
}

export class PipelineRunner {
  private claims: Claims = {};
  private isTypeChecked = false;
  /** What steps of a job say to other jobs. */
  readonly outputs: string;

  private constructor(
    private readonly options: PipelineRunnerOptions,
    private readonly folder: string,
    private readonly issuers: { readonly github: OidcIssuer; readonly gitlab: OidcIssuer },
    readonly proxy: ProxyOfSandbox,
    private readonly tokens: Server,
  ) {
    this.outputs = join(folder, "outputs");
    tokens.on("request", ({ headers, url = "" }, response) => {
      const isOurs = headers.authorization === "Bearer runner" && url.endsWith("&audience=adp.example.gov");
      if (!isOurs) response.writeHead(401).end();
      else void issuers.github.token(this.claims).then((value) => response.end(JSON.stringify({ value })));
    });
  }

  static async start(options: PipelineRunnerOptions): Promise<PipelineRunner> {
    const { sandbox, repository } = options;
    const folder = `${repository.folder}-runner`;
    await mkdir(join(folder, "home"), { recursive: true });
    const issuers = { github: await OidcIssuer.start(), gitlab: await OidcIssuer.start() };
    for (const [name, { caPem }] of Object.entries(issuers)) await writeFile(join(folder, `${name}.pem`), caPem);
    const policy = policyOf(await repository.readme(), [
      ["https://token.actions.githubusercontent.com", issuers.github.url, join(folder, "github.pem")],
      ["https://gitlab.com", issuers.gitlab.url, join(folder, "gitlab.pem")],
    ]);
    const proxy = await startProxyOfSandbox({ sandbox, folder: join(folder, "proxy"), policy });
    // Edge DNS stays as the stacks have it: the proxy, by the credentials that a job gets
    const { acme, dns } = placesOf(sandbox);
    await writeFile(join(folder, "places.json"), JSON.stringify({ acme, dns }));
    const tokens = createServer().listen(0, "127.0.0.1");
    await once(tokens, "listening");
    return new PipelineRunner(options, folder, issuers, proxy, tokens);
  }

  /** Runs steps as a job of GitHub Actions with these claims. Resolves to its summary. */
  async github(steps: readonly PipelineStep[], claims: Claims): Promise<string> {
    this.claims = claims;
    const summary = join(this.folder, "summary.md");
    await writeFile(summary, "");
    for (const step of steps)
      await this.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"], step, {
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: "runner",
        ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(this.tokens.address() as AddressInfo).port}/token?api=2`,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_OUTPUT: this.outputs,
      });
    return readFile(summary, "utf8");
  }

  /** Runs steps as a job of GitLab CI with these claims. Resolves to what it printed. */
  async gitlab(steps: readonly PipelineStep[], claims: Claims): Promise<string> {
    const printed: string[] = [];
    for (const step of steps)
      printed.push(
        await this.run(["sh", "-ec"], step, {
          ADP_ID_TOKEN: await this.issuers.gitlab.token(claims),
          AWS_ID_TOKEN: await this.issuers.gitlab.token({ ...claims, aud: "sts.amazonaws.com" }),
          AWS_WEB_IDENTITY_TOKEN_FILE: join(this.folder, "aws-id-token"),
        }),
      );
    return printed.join("\n");
  }

  /** Runs commands of the README, block by block, with what the last job has left in the home folder. */
  async readme(): Promise<void> {
    const blocks = [...(await this.options.repository.readme()).matchAll(/^```sh\n([^]*?)^```$/gm)];
    for (const [, script = ""] of blocks)
      await this.run(
        ["sh", "-euc"],
        { script, folder: ".", environment: { TF_CLI_ARGS_destroy: "-auto-approve" } },
        {},
      );
  }

  async close(): Promise<void> {
    this.tokens.close();
    await this.proxy.stop();
    await this.issuers.github.close();
    await this.issuers.gitlab.close();
  }

  private async run(
    [program = "sh", ...args]: readonly string[],
    { script, folder, environment }: PipelineStep,
    job: Claims,
  ): Promise<string> {
    const { sandbox, repository, cliConfigFile } = this.options;
    const point = `npm run synth && "${process.execPath}" ${pointing.join(" ")} "${join(this.folder, "places.json")}"`;
    const text = script
      .replace(/^npm run synth$/m, point)
      .replace(/^(?:npm ci|npm install|apk add .*)$/gm, ":")
      .replace(/^npm run typecheck$/m, (command) => (this.isTypeChecked ? ":" : command));
    this.isTypeChecked ||= text.includes("npm run typecheck");
    const { stdout } = await promisify(execFile)(program, [...args, text], {
      cwd: join(repository.folder, folder),
      env: {
        PATH: process.env.PATH,
        HOME: join(this.folder, "home"),
        ...environment,
        ...awsEnvironment(sandbox),
        ...job,
        ADP_HOST: this.proxy.host,
        CURL_CA_BUNDLE: this.proxy.caFile,
        NODE_EXTRA_CA_CERTS: this.proxy.caFile,
        TF_CLI_CONFIG_FILE: cliConfigFile,
        CHECKPOINT_DISABLE: "1",
        TF_CLI_ARGS: "-no-color",
      },
    });
    return stdout;
  }
}

/** The first YAML of a page as a policy, with issuers on loopback in place of those it names. */
function policyOf(
  readme: string,
  issuers: readonly (readonly [named: string, url: string, caFile: string])[],
): Readonly<Record<string, unknown>> {
  let [, text = ""] = /^```yaml\n([^]*?)^```$/m.exec(readme) ?? [];
  for (const [named, url] of issuers) text = text.replaceAll(named, url);
  const policy = parse(text) as { readonly oidcIssuers: readonly { readonly issuer: string }[] };
  const caFileOf = (issuer: string) => issuers.find(([, url]) => url === issuer)?.[2];
  return { ...policy, oidcIssuers: policy.oidcIssuers.map((each) => ({ ...each, caFile: caFileOf(each.issuer) })) };
}
