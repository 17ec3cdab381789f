/**
 * Runs every command that README, docs and examples show, block by block, each page on a stage of its own: a sandbox, a
 * home folder, and what the page says is there beforehand. Blocks are `sh` fences; a fence with `title=FILE` is written
 * to that file first. A command that fails, or that the stage does not know, fails the test.
 */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { openLedger } from "../../src/ledger/open-ledger";
import { fencesOf, Stage } from "../support/docs-stage";
import {
  createClassicLoadBalancer,
  createEventQueue,
  createHostedZone,
  importPaidCertificate,
} from "../support/examples/made-before";
import { createNetworkLoadBalancer } from "../support/examples/network-load-balancer";
import { numberedEntry } from "../support/ledger-entries";
import { createHttpsListener } from "../support/query-client";

const root = resolve(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

const pages = [
  "README.md",
  ...["docs", "examples"].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  ),
];
/**
 * In a copy of a repository of its own, by examples/infra-repo-pipelines.test.ts; with a real Alertmanager, by
 * ../prometheus/monitoring-guide.test.ts; in its failure, by runbooks.test.ts.
 */
const runElsewhere = (page: string) =>
  ["examples/infra-repo/README.md", "docs/guides/monitoring.md"].includes(page) || page.startsWith("docs/runbooks/");
const withCommands = pages.filter(
  (page) => !runElsewhere(page) && fencesOf(page).some(({ language }) => language === "sh"),
);

/** What a page takes for granted, beside a sandbox, a home folder, the examples and node_modules. */
const beforehand: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
  "docs/reference/provider.md": (stage) => stage.declare(certificate),
  "docs/reference/unexpired_certificate.md": (stage) => stage.importing(certificate, "unexpired_certificate.web"),
  "docs/reference/unexpired_dns_record.md": (stage) =>
    stage.importing(hclOf("docs/reference/unexpired_dns_record.md"), "unexpired_dns_record.verification"),
  "examples/plain-terraform/README.md": async (stage) => {
    stage.write({ "main.tf": read("examples/plain-terraform/main.tf"), "terraform.tfvars.json": stage.variables });
  },
  "docs/guides/drift-check.md": (stage) => appliedStack(stage),
  "docs/guides/drift-check-serve.md": (stage) => appliedStack(stage),
  "examples/classic-elb/README.md": async ({ sandbox: { ready } }) =>
    createClassicLoadBalancer(ready, "wiki", await importPaidCertificate(ready, "wiki.example.gov")),
  "docs/guides/renew.md": async ({ sandbox: { ready } }) =>
    createHttpsListener(ready.aws, {
      loadBalancerArn: ready.loadBalancers[0]?.arn ?? "",
      certificateArn: await importPaidCertificate(ready, "app.example.gov"),
    }),
  "docs/guides/issue-and-attach.md": async (stage) => {
    const { ready } = stage.sandbox;
    const certificateArn = await importPaidCertificate(ready, "app.example.gov");
    await createHttpsListener(ready.aws, { loadBalancerArn: ready.loadBalancers[0]?.arn ?? "", certificateArn });
    stage.certificateArn = await importPaidCertificate(ready, "shop.example.gov");
  },
  "docs/guides/revoke.md": (stage) => stage.serving("app.example.gov"),
  "examples/many-names-many-zones/README.md": async ({ sandbox: { ready }, given }) =>
    (given.TF_VAR_hosted_zone_id = await createHostedZone(ready, "example.com")),
  "docs/reference/service-levels.md": async (stage) => {
    stage.given.QUEUE = await createEventQueue(stage.sandbox.ready);
    stage.write({ "key-access.yaml": "regions: [us-east-1]" });
  },
  "docs/reference/ledger.md": async (stage) => {
    stage.given.UNEXPIRED_LEDGER = join(stage.folder, "ledger.jsonl");
    await openLedger(stage.given.UNEXPIRED_LEDGER).append([numberedEntry(1)]);
  },
  "examples/nlb-sni-list/README.md": async (stage) =>
    Object.assign(stage.given, await createNetworkLoadBalancer(stage.sandbox.ready)),
};

/** The plain Terraform example, applied in a folder `stack`. */
async function appliedStack(stage: Stage): Promise<void> {
  mkdirSync(join(stage.folder, "stack"));
  stage.write({
    "stack/main.tf": read("examples/plain-terraform/main.tf"),
    "stack/terraform.tfvars.json": stage.variables,
  });
  await stage.run("cd stack && terraform init && terraform apply");
}

const hclOf = (page: string) => fencesOf(page).find(({ language }) => language === "hcl")?.text ?? "";
const certificate = hclOf("docs/reference/unexpired_certificate.md");

test.each(withCommands)(
  "%s",
  async (page) => {
    const stage = await Stage.open();
    try {
      await beforehand[page]?.(stage);
      await stage.runPage(page);
    } finally {
      await stage.close();
    }
  },
  300_000,
);

test("no command hides in a fence of another kind", () => {
  const commands = /^(?:\$ )?(?:npm|npx|terraform|unexpired|akamai-dns-proxy|cd|export|curl|node) /m;
  const hidden = pages.flatMap((page) =>
    fencesOf(page)
      .filter(({ language, text }) => language !== "sh" && language !== "hcl" && commands.test(text))
      .map(({ text }) => [page, text]),
  );
  expect(hidden).toEqual([]);
});
