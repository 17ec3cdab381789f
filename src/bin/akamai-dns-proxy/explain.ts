import type { Command } from "commander";
import { systemClock } from "../../platform/clock";
import { readNamedFile } from "../../platform/yaml-file/read-named-file";
import { explainRequest } from "../../proxy/policy-tools/explain-request";
import { explanationText } from "../../proxy/policy-tools/explanation-text";
import { parseGivenSets, standingSets } from "../../proxy/policy-tools/given-sets";
import { LocatedPolicy } from "../../proxy/policy-tools/located-policy";
import { questionNotes } from "../../proxy/policy-tools/question-notes";
import { namedByPath } from "../../proxy/policy-tools/route-of";

export function addExplain(program: Command): void {
  program
    .command("explain")
    .description("tell what the proxy would do with a request, and why")
    .argument("<policy-file>")
    .argument("<method>", "GET, POST, PUT or DELETE")
    .argument("<path>", "path and query, as in /config-dns/v2/zones/…")
    .requiredOption("--client <name>", "who asks")
    .option("--body <file>", "what it sends")
    .option("--current <file>", "what stands upstream: what GET answers, as JSON")
    .option("--json", "write the explanation as JSON, by docs/reference/schemas/proxy-explain.schema.json")
    .action(explain);
}

interface ExplainFlags {
  readonly client: string;
  readonly body?: string;
  readonly current?: string;
  readonly json?: boolean;
}

async function explain(file: string, method: string, target: string, flags: ExplainFlags): Promise<void> {
  const located = LocatedPolicy.read(file);
  const client = located.clientNamed(flags.client);
  const body = flags.body === undefined ? undefined : Buffer.from(readNamedFile(flags.body, "the body"));
  const given =
    flags.current === undefined ? [] : parseGivenSets(readNamedFile(flags.current, "--current"), flags.current);
  const standing = standingSets(given, namedByPath(method, target));
  const explanation = await explainRequest(located.policy, { client: client.name, method, target, body, standing });
  const notes = questionNotes(client, explanation, flags.current !== undefined, systemClock.now());
  if (flags.json !== true) {
    process.stdout.write(explanationText(explanation, located.placeOf, notes));
    return;
  }
  const decisions = explanation.decisions.map((decision) => ({
    ...decision,
    grants: decision.grants.map((trace) => ({ ...trace, line: located.lineOf(trace.grant) })),
  }));
  process.stdout.write(`${JSON.stringify({ ...explanation, decisions, notes }, undefined, 2)}\n`);
}
