import { InvalidArgumentError, Option, type Command } from "commander";
import { systemClock } from "../../platform/clock";
import { aligned } from "../../platform/report/aligned";
import { junitReport } from "../../platform/report/junit-report";
import { writeWhole } from "../../platform/report/write-whole";
import { parseDate } from "../../platform/yaml-file/parse-date";
import { readNamedFile } from "../../platform/yaml-file/read-named-file";
import { checkPolicy, checkText, isPassed } from "../../policy/check-policy";
import { explain, explanationText } from "../../policy/explain-policy";
import { toExplanationDocument } from "../../policy/explanation-document";
import { parsePolicy } from "../../policy/parse-policy";
import type { Policy } from "../../policy/policy";
import { parsePolicyTests, runPolicyTests, type PolicyTestResult } from "../../policy/policy-tests";
import { actions, servingKinds, urgencies } from "../../policy/request";
import { readExplainFlags, type ExplainFlags } from "./policy-explain-flags";

const forbidden = 4;

export function addPolicy(program: Command): void {
  const policy = program.command("policy").description("what an organisation allows its certificates to be");
  policy
    .command("check")
    .description("check a policy file: mistakes, and rules that may not be what was meant")
    .argument("<policy-file>")
    .option("--strict", "fail at warnings, too")
    .option("--json", "write what was found as JSON, by docs/reference/schemas/policy-check.schema.json")
    .action(check);
  policy
    .command("explain")
    .description("tell what a policy decides, and why")
    .argument("<policy-file>")
    .requiredOption("--name <name>", "a name of the certificate, repeatable", addName)
    .option("--issuer <issuer>", "as the policy calls it, acm, the URL of a directory, or the ARN of a private CA")
    .option("--profile <profile>", "the profile that is asked for")
    .option("--key <algorithm>", "the key algorithm, as EC_prime256v1")
    .option("--days <number>", "how long the certificate lives", parseDays)
    .option("--owner <name>", "who is said to answer for it")
    .option("--tier <tier>", "how important it is said to be")
    .option("--attach <kind[:name]>", `what it is attached to: ${servingKinds.join(", ")}`)
    .option("--account <id>", "of --attach")
    .option("--region <region>", "of --attach")
    .addOption(new Option("--action <action>", "what is to be done").choices(actions))
    .addOption(new Option("--urgency <urgency>", "of --action").choices(urgencies).default("routine"))
    .option("--at <time>", "when it is to happen, as 2027-01-31T09:00Z (default: now)", parseTime)
    .option("--json", "write the decisions as JSON, by docs/reference/schemas/policy-explain.schema.json")
    .action(explainDecisions);
  policy
    .command("test")
    .description("run policy tests: requests and what is to come of them")
    .argument("<policy-file>")
    .argument("<tests-file>")
    .option("--json", "write the results as JSON, by docs/reference/schemas/policy-test.schema.json")
    .option("--junit <file>", "write the results there, too, as CI systems read them")
    .action(test);
}

interface CheckFlags {
  readonly strict?: boolean;
  readonly json?: boolean;
}

function check(file: string, { strict = false, json = false }: CheckFlags): void {
  const result = checkPolicy(file, readNamedFile(file, "the policy file"), systemClock.now());
  if (!isPassed(result, strict)) process.exitCode = 1;
  process.stdout.write(json ? `${JSON.stringify(result, undefined, 2)}\n` : checkText(result));
}

function explainDecisions(file: string, flags: ExplainFlags & { readonly at?: Date; readonly json?: boolean }): void {
  const policy = readPolicy(file);
  const at = flags.at ?? systemClock.now();
  const explanations = readExplainFlags(policy, flags, at).map((request) => explain(policy, request));
  if (explanations.some(({ verdict }) => verdict === "deny")) process.exitCode = forbidden;
  const document = () => `${JSON.stringify(toExplanationDocument(policy, explanations), undefined, 2)}\n`;
  process.stdout.write(flags.json === true ? document() : explanationText(policy, explanations, at));
}

interface TestFlags {
  readonly json?: boolean;
  readonly junit?: string;
}

async function test(file: string, testsFile: string, { json, junit }: TestFlags): Promise<void> {
  const policy = readPolicy(file);
  const tests = parsePolicyTests(readNamedFile(testsFile, "the tests file"), testsFile, policy, systemClock.now());
  const results = runPolicyTests(policy, tests);
  if (junit !== undefined) await writeWhole(junit, junitReport(testsFile, results.map(toJunitCase)));
  const failed = results.filter((result) => !result.isPassed);
  if (failed.length > 0) process.exitCode = 1;
  process.stdout.write(json === true ? jsonText(results, failed.length) : resultsText(policy, testsFile, results));
}

function resultsText(policy: Policy, testsFile: string, results: readonly PolicyTestResult[]): string {
  const failed = results.filter(({ isPassed: passed }) => !passed);
  const rows = results.map((result) => [
    result.isPassed ? "ok" : "FAIL",
    result.test.name,
    failureOf(result) ?? result.outcome,
  ]);
  const why = failed.slice(0, 1).map(({ test: { name, line, column, request } }) => {
    const explained = explanationText(policy, [explain(policy, request)], request.at);
    return `\n${testsFile}:${line}:${column}: ${name}\n${explained}`;
  });
  return [
    `${aligned(rows).join("\n")}\n`,
    ...why,
    `\n${testsFile}: ${results.length} tests, ${failed.length} failed\n`,
  ].join("");
}

function jsonText(results: readonly PolicyTestResult[], failed: number): string {
  const documents = results.map(({ test: { name, line, expect }, isPassed: passed, decision }) => ({
    ...{ name, line, expect, isPassed: passed },
    ...{ verdict: decision.verdict, findings: decision.findings.map(({ rule, effect }) => ({ rule, effect })) },
  }));
  return `${JSON.stringify({ tests: results.length, failed, results: documents }, undefined, 2)}\n`;
}

function toJunitCase(result: PolicyTestResult) {
  return { name: result.test.name, failure: failureOf(result) };
}

function failureOf({ test: { expect }, isPassed: passed, outcome }: PolicyTestResult): string | undefined {
  return passed ? undefined : `expected ${expect.join(", ")}, got ${outcome}`;
}

function readPolicy(file: string): Policy {
  return parsePolicy(readNamedFile(file, "the policy file"), file);
}

function addName(text: string, others: readonly string[] = []): readonly string[] {
  return [...others, text];
}

function parseDays(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new InvalidArgumentError("Give a number of days.");
  return Number(text);
}

function parseTime(text: string): Date {
  const at = parseDate(text);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError("Write it as 2027-01-31T09:00Z.");
  return at;
}
