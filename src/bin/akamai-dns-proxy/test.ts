import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { AppError, messageOf } from "../../platform/errors";
import { readNamedFile } from "../../platform/yaml-file/read-named-file";
import { aligned } from "../../platform/report/aligned";
import { explanationText } from "../../proxy/policy-tools/explanation-text";
import { junitReport } from "../../platform/report/junit-report";
import { LocatedPolicy } from "../../proxy/policy-tools/located-policy";
import { runPolicyTests, type PolicyTestResult } from "../../proxy/policy-tools/run-policy-tests";
import { parseTestFile } from "../../proxy/policy-tools/test-file";

export function addTest(program: Command): void {
  program
    .command("test")
    .description("run policy tests: requests and what is to come of them")
    .argument("<policy-file>")
    .argument("<tests-file>")
    .option("--json", "write the results as JSON, by docs/reference/schemas/proxy-test.schema.json")
    .option("--junit <file>", "write the results there, too, as CI systems read them")
    .action(test);
}

interface TestFlags {
  readonly json?: boolean;
  readonly junit?: string;
}

async function test(file: string, testsFile: string, { json, junit }: TestFlags): Promise<void> {
  const located = LocatedPolicy.read(file);
  const tests = parseTestFile(readNamedFile(testsFile, "the tests file"), testsFile, located.policy);
  const results = await runPolicyTests(located.policy, tests);
  const failed = results.filter(({ isPassed }) => !isPassed);
  if (junit !== undefined) await writeReport(junit, junitReport(testsFile, results.map(toJunitCase)));
  if (failed.length > 0) process.exitCode = 1;
  process.stdout.write(json === true ? jsonText(results) : resultsText(located, testsFile, results, failed));
}

function resultsText(
  located: LocatedPolicy,
  testsFile: string,
  results: readonly PolicyTestResult[],
  failed: readonly PolicyTestResult[],
): string {
  const rows = results.map(({ test: { name, expect, grant }, isPassed, outcome }) => {
    const expected = grant === undefined ? String(expect) : `${expect} by ${grant}`;
    return [isPassed ? "ok" : "FAIL", name, isPassed ? outcome : `expected ${expected}, got ${outcome}`];
  });
  const [first] = failed;
  const why =
    first === undefined
      ? ""
      : `\n${testsFile}:${first.test.line}:${first.test.column}: ${first.test.name}\n` +
        explanationText(first.explanation, located.placeOf, []);
  return `${aligned(rows).join("\n")}\n${why}\n${testsFile}: ${results.length} tests, ${failed.length} failed\n`;
}

function jsonText(results: readonly PolicyTestResult[]): string {
  const documents = results.map(({ test: { name, line, expect, grant }, isPassed, explanation }) => ({
    ...{ name, line, expect, grant, isPassed },
    ...{ verdict: explanation.verdict, reason: explanation.reason, status: explanation.status },
    grants: [...new Set(explanation.decisions.flatMap((decision) => decision.grant ?? []))],
  }));
  const failed = results.filter(({ isPassed }) => !isPassed).length;
  return `${JSON.stringify({ tests: results.length, failed, results: documents }, undefined, 2)}\n`;
}

function toJunitCase({ test: { name, expect }, isPassed, outcome }: PolicyTestResult) {
  return { name, failure: isPassed ? undefined : `expected ${expect}, got ${outcome}` };
}

async function writeReport(file: string, report: string): Promise<void> {
  await writeFile(file, report).catch((error: unknown) => {
    throw new AppError("store_unwritable", `cannot write ${file}: ${messageOf(error)}`, { cause: error });
  });
}
