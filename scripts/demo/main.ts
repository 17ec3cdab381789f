/** `npm run demo [-- --json FILE]`: exit code 0 if everything held, 1 if not or if terraform is missing. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { messageOf } from "../../src/platform/errors";
import { judge } from "./facts";
import { Progress } from "./progress";
import { runDemo } from "./run-demo";
import { Terraform } from "./terraform";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

async function main(): Promise<void> {
  const program = new Command("demo")
    .description("Issues, serves and renews certificates on an embedded sandbox, with real terraform.")
    .option("--json <file>", "write the facts as JSON")
    .parse();
  const { json } = program.opts<{ json?: string }>();
  if (!(await Terraform.isThere({ PATH: process.env.PATH ?? "" }))) {
    process.stderr.write(
      "demo: terraform is not on PATH\nhint: install Terraform 1.11 or later, https://developer.hashicorp.com/terraform/install\n",
    );
    process.exitCode = 1;
    return;
  }
  const { version } = JSON.parse(readFileSync(resolve(__dirname, "../../../package.json"), "utf8")) as {
    version: string;
  };
  const folder = mkdtempSync(join(tmpdir(), "unexpired-demo-"));
  const progress = new Progress((text) => process.stdout.write(text));
  try {
    const facts = await runDemo({ folder, progress, version });
    const rows = judge(facts);
    progress.table(rows);
    if (json !== undefined) writeFileSync(json, JSON.stringify(facts, null, 2) + "\n");
    const failed = rows.filter(([, , ok]) => !ok).length;
    process.stdout.write(
      failed === 0 ? `everything held, in ${facts.seconds} s\n` : `${failed} of ${rows.length} did not hold\n`,
    );
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`demo: ${messageOf(error)}\n`);
  process.exitCode = 1;
});
