/** Tests of a policy: requests and what is to come of them. */
import { z } from "zod";
import { toAppError } from "../platform/errors";
import { didYouMean } from "../platform/yaml-file/did-you-mean";
import { LocatedYaml, type LocatedProblem } from "../platform/yaml-file/located-yaml";
import { parseDate } from "../platform/yaml-file/parse-date";
import { parseShape, refusal, type KnownKeys } from "../platform/yaml-file/parse-shape";
import { decide, type Decision } from "./decide";
import type { Policy } from "./policy";
import type { PolicyRequest } from "./request";
import { requestKeys, requestOf, requestShapes } from "./request-shape";
import { rules } from "./rules";
import { namesText } from "./words";

const text = z.string().min(1);
const test = z.strictObject({
  name: text.optional(),
  ...requestShapes,
  at: text.optional(),
  expect: z.union([text.transform((one) => [one]), z.array(text).min(1)]),
});
const shape = z.strictObject({ tests: z.array(test).min(1) });
const knownKeys: KnownKeys = {
  "": ["tests"],
  tests: Object.keys(test.shape),
  "tests.certificate": requestKeys.certificate,
  "tests.attachment": requestKeys.attachment,
  "tests.action": requestKeys.action,
};

const expectations: readonly string[] = ["allow", "deny", ...rules.map(({ id }) => id)];

export interface PolicyTest {
  /** What it is about; the request if nothing better is given. */
  readonly name: string;
  readonly request: PolicyRequest;
  /** `allow`, `deny`, and rules that are to be told; all of them must come true. */
  readonly expect: readonly string[];
  /** In the tests file, counted from 1, as is the column. */
  readonly line: number;
  readonly column: number;
}

export interface PolicyTestResult {
  readonly test: PolicyTest;
  readonly isPassed: boolean;
  /** What came of it: `allow`, `deny: policy/frozen`, `allow; telling policy/issuer-not-preferred`. */
  readonly outcome: string;
  readonly decision: Decision;
}

/** `now`: when a request is to happen that does not say so. Errors: `invalid_config`, with every mistake. */
export function parsePolicyTests(content: string, fileName: string, policy: Policy, now: Date): PolicyTest[] {
  const yaml = new LocatedYaml(content);
  const { tests } = parseShape(yaml, fileName, shape, knownKeys);
  const problems: LocatedProblem[] = [];
  const parsed = tests.flatMap((entry, index): PolicyTest[] => {
    const path = ["tests", index];
    for (const expected of entry.expect)
      if (!expectations.includes(expected)) {
        const hint = didYouMean(expected, expectations) ?? "write allow, deny, or the id of a rule";
        problems.push(yaml.problem([...path, "expect"], `"${expected}" is nothing to expect`, hint));
      }
    const at = entry.at === undefined ? now : parseDate(entry.at);
    if (Number.isNaN(at.getTime()))
      problems.push(yaml.problem([...path, "at"], `"${entry.at}" is not a time`, "write 2027-01-31T09:00Z"));
    const { line, column } = yaml.problem(path, "");
    try {
      const request = requestOf(policy, entry, at);
      return [
        { name: entry.name ?? `${request.kind} ${namesText(request)}`, request, expect: entry.expect, line, column },
      ];
    } catch (error) {
      const { message, hint } = toAppError(error);
      problems.push(yaml.problem(path, message, hint));
      return [];
    }
  });
  if (problems.length > 0) throw refusal(fileName, problems);
  return parsed;
}

export function runPolicyTests(policy: Policy, tests: readonly PolicyTest[]): PolicyTestResult[] {
  return tests.map((each) => {
    const decision = decide(policy, each.request);
    const told = new Set<string>([decision.verdict, ...decision.findings.map(({ rule }) => rule)]);
    const isPassed = each.expect.every((expected) => told.has(expected));
    return { test: each, isPassed, outcome: outcomeText(decision), decision };
  });
}

export function outcomeText({ verdict, findings }: Decision): string {
  const rulesThat = (isDenial: boolean) => [
    ...new Set(findings.filter(({ effect }) => (effect === "deny") === isDenial).map(({ rule }) => rule)),
  ];
  const [denied, told] = [rulesThat(true), rulesThat(false)];
  return [
    denied.length === 0 ? verdict : `${verdict}: ${denied.join(", ")}`,
    ...(told.length === 0 ? [] : [`telling ${told.join(", ")}`]),
  ].join("; ");
}
