/**
 * Mistakes that only the world can tell, met by an apply: one clear error with its code, nothing left behind, no secret
 * in what is printed, and the next plan has it all to do. What validate can see is in invalid-arguments.test.ts.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RecordSet } from "../../src/dns/record-set";
import type { JournalFacts } from "../../src/issuance/journal";
import type { ErrorCode } from "../../src/platform/errors";
import { noRateLimits } from "../../src/sandbox/acme-ca/rate-limits/rate-limits";
import { faultProfiles, type SandboxOptions } from "../../src/sandbox/sandbox-options";
import { block } from "../support/hcl";
import { inParallel } from "../support/in-parallel";
import { issuerArgument, startProviderWorld, type ProviderWorld } from "../support/provider-world";

/** What an apply meets, as told by the world around it: each in a sandbox of its own. */
interface ApplyMistake {
  readonly title: string;
  readonly sandbox?: Partial<SandboxOptions>;
  /** Changes the sandbox before the run. */
  readonly prepare?: (world: ProviderWorld) => void;
  /** Replaces text of the configuration. */
  readonly replace?: (world: ProviderWorld) => readonly [from: string | RegExp, to: string];
  readonly environment?: Readonly<Record<string, string>>;
  readonly code: ErrorCode;
  readonly says: RegExp;
  /** Whether the CA had been asked for an order by then. @default false */
  readonly isOrdered?: boolean;
  /** Whether the next run goes on with that order. @default false */
  readonly isOrderKept?: boolean;
}

const { calm } = faultProfiles;
const at = (name: string, type: string, ...rdata: string[]) => ({ name, type, ttlSeconds: 60, rdata });
const withRecords = (...records: RecordSet[]): Partial<SandboxOptions> => ({
  zones: [{ name: "example.gov", records }],
});
const inIssuer = (more: string) => () => ["directory_url", `${more}\n    directory_url`] as const;
const timeLimit = (limit: string) => () => ["tags = {}", `timeouts = { create = "${limit}" }`] as const;

const applyMistakes: readonly ApplyMistake[] = [
  {
    title: "an AWS key with a wrong secret",
    environment: { AWS_SECRET_ACCESS_KEY: "wrong" },
    code: "invalid_credentials",
    says: /AWS did not accept the credentials/,
  },
  {
    title: "no AWS region",
    environment: { AWS_REGION: "" },
    code: "invalid_config",
    says: /no AWS region is configured/,
  },
  {
    title: "an IAM policy without the tagging API",
    prepare: ({ sandbox }) => sandbox.account.deniedActions.add("tag:GetResources"),
    code: "aws_denied",
    says: /denied tag:GetResources.*allow tag:GetResources/,
  },
  {
    title: "an IAM policy without the import",
    prepare: ({ sandbox }) => sandbox.account.deniedActions.add("acm:ImportCertificate"),
    code: "aws_denied",
    says: /denied acm:ImportCertificate.*allow acm:ImportCertificate/,
  },
  {
    title: "ACM's quota of imports",
    sandbox: { faults: { ...calm, aws: { ...calm.aws, importQuota: 0 } } },
    code: "aws_quota",
    says: /quota is used up: acm:ImportCertificate.*Service Quotas/,
    isOrdered: true,
  },
  {
    title: "throttling without end",
    sandbox: { faults: { ...calm, aws: { ...calm.aws, throttledShare: 1 } } },
    replace: timeLimit("10s"),
    code: "timeout",
    says: /time allowed for this operation is over; the last try: AWS throttled/,
  },
  {
    title: "an edgerc that is not there",
    replace: ({ sandbox }) => [sandbox.files.edgerc, "/nowhere/edgerc"],
    code: "missing_file",
    says: /cannot read the Akamai credentials in \/nowhere\/edgerc/,
  },
  {
    title: "a section that the edgerc lacks",
    replace: () => ["ca_file ", 'section = "papi", ca_file '],
    code: "invalid_credentials",
    says: /no section "papi".*it has "default"/,
  },
  {
    title: "a key that the edgerc lacks",
    prepare: ({ sandbox }) =>
      writeFileSync(sandbox.files.edgerc, readFileSync(sandbox.files.edgerc, "utf8").replace(/client_secret.*/, "")),
    code: "invalid_credentials",
    says: /lacks client_secret/,
  },
  {
    title: "a client secret that is wrong",
    prepare: ({ sandbox }) =>
      writeFileSync(
        sandbox.files.edgerc,
        readFileSync(sandbox.files.edgerc, "utf8").replace(/(client_secret = )./, "$1#"),
      ),
    code: "edge_dns_denied",
    says: /signature|authenticat|denied|refused/i,
  },
  {
    title: "a zone that Edge DNS does not have",
    replace: () => [/example\.gov/g, "example.com"],
    code: "dns_zone_not_found",
    says: /Edge DNS shows no zone example\.com to these credentials/,
  },
  {
    title: "a name in none of the zones",
    replace: () => ['["app.example.gov"]', '["app.example.net"]'],
    code: "dns_zone_not_found",
    says: /_acme-challenge\.app\.example\.net is in none of the zones example\.gov/,
  },
  {
    title: "CNAMEs in a circle",
    sandbox: withRecords(
      at("_acme-challenge.app.example.gov", "CNAME", "a.example.gov."),
      at("a.example.gov", "CNAME", "_acme-challenge.app.example.gov."),
    ),
    code: "dns_conflict",
    says: /lead nowhere/,
  },
  {
    title: "name servers that nobody answers at",
    replace: () => [/name_servers = .*/, 'name_servers = ["127.0.0.1:9"]'],
    code: "dns_lookup",
    says: /_acme-challenge\.app\.example\.gov got no usable answer/,
  },
  {
    title: "a name server that never catches up",
    sandbox: { faults: { ...calm, secondNameServerDelayMs: 600_000 } },
    replace: timeLimit("12s"),
    code: "dns_not_propagated",
    says: /not served by 127\.0\.0\.1:\d+ of example\.gov/,
    isOrdered: true,
    isOrderKept: true,
  },
  {
    title: "CAA for another CA",
    sandbox: withRecords(at("example.gov", "CAA", '0 issue "other.test"')),
    code: "dns_caa_forbids",
    says: /it allows other\.test.*CAA 0 issue/,
  },
  {
    title: "a challenge that fails",
    sandbox: withRecords(at("example.gov", "CAA", '0 issue "letsencrypt.org; validationmethods=http-01"')),
    code: "acme_challenge_failed",
    says: /app\.example\.gov/,
    isOrdered: true,
  },
  {
    title: "a CA that nobody answers for",
    replace: ({ sandbox }) => [sandbox.acme.directoryUrl, "https://127.0.0.1:9/directory"],
    code: "network",
    says: /cannot reach GET https:\/\/127\.0\.0\.1:9\/directory/,
  },
  {
    title: "a CA that is not trusted",
    replace: () => [/ca_file = "[^"]*acme-ca\.pem"/, ""],
    code: "network",
    says: /certificate/,
  },
  {
    title: "a trust file that is not there",
    replace: () => [/"[^"]*acme-ca\.pem"/, '"/nowhere/ca.pem"'],
    code: "missing_file",
    says: /\/nowhere\/ca\.pem/,
  },
  {
    title: "a CA's limit",
    sandbox: { rateLimits: { ordersPerAccount: { count: 0.5, perSeconds: 3600 } } },
    code: "acme_rate_limited",
    says: /app\.example\.gov/,
  },
  {
    title: "a profile that the CA does not have",
    replace: inIssuer('profile = "weekly"'),
    code: "invalid_argument",
    says: /weekly.*classic/,
  },
  {
    title: "an account in a variable that is not set",
    replace: () => ["edge_dns ", 'account_store = { environment = { variable = "ACME_ACCOUNT" } }\n  edge_dns '],
    code: "acme_account",
    says: /no ACME account in .*ACME_ACCOUNT/,
  },
  {
    title: "a binding whose key is not set",
    replace: inIssuer('external_account_binding = { key_id = "k", hmac_key_env = "HMAC" }'),
    code: "invalid_config",
    says: /environment variable HMAC does not hold/,
  },
  {
    title: "a binding whose file is not there",
    replace: inIssuer('external_account_binding = { key_id = "k", hmac_key_file = "/nowhere/hmac" }'),
    code: "missing_file",
    says: /cannot read the HMAC key of the external account binding in \/nowhere\/hmac/,
  },
];

test("apply tells each mistake by one error with its code, leaves nothing behind, and the next plan has it all to do", async () => {
  const results: unknown[] = [];
  const wanted: unknown[] = [];
  await inParallel([...applyMistakes.entries()], 3, async ([index, mistake]) => {
    results[index] = [mistake.title, await applyWith(mistake)];
    const said = { errors: 1, code: `code: ${mistake.code}`, says: expect.stringMatching(mistake.says) as string };
    const journal = mistake.isOrderKept ? [{ records: [], orderUrl: expect.any(String) as string }] : [];
    const left = { ordered: mistake.isOrdered ?? false, challenges: [], journal, certificates: 0, secrets: [] };
    wanted[index] = [mistake.title, { ...said, ...left, nextPlan: 2 }];
  });
  expect(results).toEqual(wanted);
});

async function applyWith({ sandbox: options, prepare, replace, environment }: ApplyMistake) {
  const world = await startProviderWorld({ rateLimits: noRateLimits, ...options });
  try {
    const { sandbox } = world;
    const secrets = [sandbox.aws.secretAccessKey, sandbox.edgeDns.credentials.clientSecret, "PRIVATE KEY"];
    const certificate = block('resource "unexpired_certificate" "it"', {
      name: '"stack/web"',
      domain_names: '["app.example.gov"]',
      issuer: issuerArgument(sandbox),
      zones: '[{ name = "example.gov" }]',
      tags: "{}",
    });
    const project = await world.project(certificate);
    prepare?.(world);
    if (replace !== undefined) {
      const [from, to] = replace(world);
      const text = readFileSync(join(project.folder, "main.tf"), "utf8");
      const changed = text.replace(from, to);
      if (changed === text) throw new Error(`${String(from)} is not in the configuration`);
      await project.write({ "main.tf": changed });
    }
    const { output } = await project.run(["apply", "-no-color", "-input=false", "-auto-approve"], { environment });
    const { exitCode: nextPlan } = await project.run(["plan", "-no-color", "-detailed-exitcode"], { environment });
    const stateFolder = join(world.folder, "state/journal");
    return {
      errors: output.split("Error: ").length - 1,
      code: /code: \w+/.exec(output)?.[0] ?? "",
      says: output.slice(output.indexOf("Error: ")),
      ordered: sandbox.acme.orders().length > 0,
      challenges: sandbox.zones.recordSets("example.gov").filter(({ type }) => type === "TXT"),
      journal: (existsSync(stateFolder) ? readdirSync(stateFolder) : []).map((name) => {
        const { records, orderUrl } = JSON.parse(readFileSync(join(stateFolder, name), "utf8")) as JournalFacts;
        return { records, orderUrl };
      }),
      certificates: sandbox.account.region().acm.all().length,
      secrets: secrets.filter((secret) => output.includes(secret)),
      nextPlan,
    };
  } finally {
    await world.close();
  }
}
