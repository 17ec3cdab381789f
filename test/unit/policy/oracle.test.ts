/** Random policies and requests, decided here and by an oracle that was written from the documentation alone. */
import { isDeepStrictEqual } from "node:util";
import { decide } from "../../../src/policy/decide";
import { policyOf } from "../../../src/policy/parse-policy";
import { denyingRuleIds, rules } from "../../../src/policy/rules";
import { Dice } from "../../oracle/dice";
import { randomPolicy, randomRequest } from "../../oracle/policy/generate-policy";
import { judgePolicy, type Judgement } from "../../oracle/policy/judge-policy";

const policies = 1_000;
const requestsEach = 100;

test(`${policies * requestsEach} policies and requests: no difference, and every rule decides often`, () => {
  const told = new Map<string, number>();
  const count = (line: string) => told.set(line, (told.get(line) ?? 0) + 1);
  const differences: string[] = [];
  for (let seed = 1; seed <= policies; seed++) {
    const dice = new Dice(seed);
    const document = randomPolicy(dice);
    const policy = policyOf(document);
    for (let each = 0; each < requestsEach && differences.length < 3; each++) {
      const request = randomRequest(dice);
      const expected = judgePolicy(document, request);
      const { verdict, findings, owner, tier, entry } = decide(policy, request);
      const actual: Judgement = {
        ...{ verdict, owner, tier },
        told: findings
          .map(({ effect, rule, waiver }) => `${effect} ${rule}${waiver ? ` by ${waiver.reason}` : ""}`)
          .sort(),
        entry: entry === undefined ? undefined : Number(/\d+/.exec(entry)?.[0]),
      };
      for (const { effect, rule } of findings) count(`${effect} ${rule}`);
      if (!isDeepStrictEqual(actual, expected))
        differences.push(JSON.stringify({ seed, request, expected, actual, document }));
    }
  }
  expect(differences).toEqual([]);
  const often = (line: string, least: number) => (told.get(line) ?? 0) >= least;
  expect(rules.filter(({ id, effect }) => !often(`${effect === "denies" ? "deny" : "warn"} ${id}`, 100))).toEqual([]);
  expect(denyingRuleIds.filter((id) => !often(`waive ${id}`, 1))).toEqual([]);
}, 300_000);
