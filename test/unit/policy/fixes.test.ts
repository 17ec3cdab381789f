/** The smallest fix that a denial names is enough: once that is done, and nothing else, the denial is gone. */
import { decide } from "../../../src/policy/decide";
import type { Finding } from "../../../src/policy/finding";
import { isWindowOpen } from "../../../src/policy/is-window-open";
import { policyOf } from "../../../src/policy/parse-policy";
import type { Policy } from "../../../src/policy/policy";
import type { PolicyDocument } from "../../../src/policy/policy-shape";
import type { PolicyRequest } from "../../../src/policy/request";
import { requestedIssuer } from "../../../src/policy/request-shape";
import { denyingRuleIds } from "../../../src/policy/rules";
import { Dice } from "../../oracle/dice";
import { randomPolicy, randomRequest } from "../../oracle/policy/generate-policy";

interface Case {
  readonly document: PolicyDocument;
  readonly request: PolicyRequest;
}

type Mended = Partial<Case> | undefined;

/** What a reader does who follows the words to the letter. Undefined: they leave the choice to the reader. */
const fixes: readonly (readonly [RegExp, (found: RegExpExecArray, each: Case, finding: Finding) => Mended])[] = [
  [/^set the key algorithm to (\S+)$/, ([, keyAlgorithm], { request }) => asking(request, { keyAlgorithm })],
  [/^let it live for ([\d.]+) days? or/, ([, days], { request }) => asking(request, { lifetimeDays: Number(days) })],
  [/^take another issuer$/, () => undefined],
  [
    /^take (\S+)$/,
    ([, called], { document, request }) => asking(request, { issuer: requestedIssuer(policyIn(document), called) }),
  ],
  [
    /^ask for (?:the profile )?(\S+)$/,
    ([, profile], { request }) =>
      asking(request, { issuer: { ...(request.kind === "certificate" && request.issuer), profile } }),
  ],
  [/^do it from (\S+) on$/, ([, at = ""], { request }) => asking(request, { at: new Date(at) })],
  [/^do it .* \d\d:\d\d to \d\d:\d\d/, (_, each) => asking(each.request, { at: nextOpening(each) })],
  [/^leave it out, or add/, (_, { request }) => asking(request, { tier: undefined })],
  [/^(?:name one of |did you mean ")([\w-]+)/, ([, name], { request }, { rule }) => asking(request, named(rule, name))],
  [/add '?(\S+?)'? to the names of (.+)$/, ([, name = "", owner], { document }) => withName(document, [name], owner)],
  [
    /^ask for a certificate for each owner, or add the names to those of one$/,
    (_, { document, request }) => withName(document, request.names.map(asPattern)),
  ],
  [
    /say unlisted: \{ (\w+): allow \}$/,
    ([, section = ""], { document }) => ({
      document: { ...document, unlisted: { ...document.unlisted, [section]: "allow" } },
    }),
  ],
  [
    /^attach it elsewhere, or add (.+) to (\w+)$/,
    ([, value, key = ""], { document }, { source }) => {
      const place = Number(/attachments\[(\d+)\]/.exec(source)?.[1]);
      const attachments = document.attachments?.map((entry, index) =>
        index === place ? { ...entry, [key]: [...(entry[key as "regions"] ?? []), value] } : entry,
      );
      return { document: { ...document, attachments } };
    },
  ],
];

function asking(request: PolicyRequest, change: object): Mended {
  return { request: { ...request, ...change } };
}

function named(rule: string, name: string | undefined): object {
  return rule === "policy/tier-unknown" ? { tier: name } : { owner: name };
}

function asPattern(name: string): string {
  return name.replace(/^\*/, "\\*");
}

function withName(document: PolicyDocument, names: readonly string[], called = "its owner"): Mended {
  const [first] = document.owners ?? [];
  const wanted = called === "its owner" ? first?.name : called;
  const owners = document.owners?.map((owner) =>
    owner.name === wanted ? { ...owner, names: [...owner.names, ...names] } : owner,
  );
  return { document: { ...document, owners } };
}

/** Within eight days, since every window opens in any week. */
function nextOpening({ document, request }: Case): Date | undefined {
  const { windows } = policyIn(document);
  for (let step = 0; step < 8 * 48; step++) {
    const at = new Date(request.at.getTime() + step * 1_800_000);
    if (
      windows.some((each) => isWindowOpen(each, at)) &&
      !denials({ document, request: { ...request, at } }).has("policy/outside-window")
    )
      return at;
  }
  return undefined;
}

const policies = new WeakMap<PolicyDocument, Policy>();

function policyIn(document: PolicyDocument): Policy {
  const policy = policies.get(document) ?? policyOf(document);
  policies.set(document, policy);
  return policy;
}

function denials({ document, request }: Case): Map<string, Finding[]> {
  const told = decide(policyIn(document), request).findings.filter(({ effect }) => effect === "deny");
  return new Map(told.map(({ rule }) => [rule, told.filter((each) => each.rule === rule)]));
}

const isOfTime = (rule: string) => rule === "policy/frozen" || rule === "policy/outside-window";

test("6,000 requests: each fix that is told is enough", () => {
  const tried = new Map<string, number>();
  const wrong: string[] = [];
  for (let seed = 1; seed <= 300; seed++) {
    const dice = new Dice(seed);
    const document = { ...randomPolicy(dice), waivers: [] };
    for (let turn = 0; turn < 20 && wrong.length < 3; turn++) {
      const each = { document, request: randomRequest(dice) };
      for (const finding of [...denials(each).values()].flat()) {
        const { rule, fix, value } = finding;
        const [words, follow] = fixes.find(([pattern]) => pattern.test(fix)) ?? [];
        const found = words?.exec(fix);
        const mended = found && follow?.(found, each, finding);
        if (!words) wrong.push(`nobody knows how to ${fix}`);
        if (!mended) continue;
        const left = denials({ ...each, ...mended }).get(rule) ?? [];
        if (left.some((other) => isOfTime(rule) || other.value === value || rule.startsWith("policy/lifetime")))
          wrong.push(JSON.stringify({ seed, rule, fix, left, ...each }));
        tried.set(rule, (tried.get(rule) ?? 0) + 1);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(denyingRuleIds.filter((rule) => (tried.get(rule) ?? 0) < 5)).toEqual([]);
}, 120_000);
