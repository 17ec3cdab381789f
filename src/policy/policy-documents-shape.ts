/**
 * The published forms of what `unexpired policy check`, `explain` and `test` write with --json, from which the schemas
 * policy-*.schema.json in docs/reference/schemas are made. Fields are added, never renamed or removed. Only their types
 * are used at run time.
 */
import { z } from "zod";
import { lintsShape, mistakesShape } from "../platform/yaml-file/check-shapes";
import { waiverShape, waiversShape } from "./report-shapes";
import { actions, servingKinds, urgencies } from "./request";

export const policyCheckShape = z.strictObject({
  file: z.string(),
  owners: z.int(),
  entries: z.int().describe("of certificates, attachments, windows and freezes"),
  mistakes: mistakesShape,
  lints: lintsShape,
  waivers: waiversShape,
});

const verdict = z.enum(["allow", "deny"]);
const effect = z.enum(["deny", "warn", "waive"]);
const rule = z.string().describe("see docs/reference/policy.md");

const subject = {
  names: z.array(z.string()),
  owner: z.string().optional().describe("as it was given"),
  tier: z.string().optional(),
  at: z.iso.datetime().describe("ISO 8601, UTC"),
};

const issuer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("acm") }),
  z.strictObject({ kind: z.literal("private-ca"), authorityArn: z.string() }),
  z.strictObject({ kind: z.literal("acme"), directoryUrl: z.string(), profile: z.string().optional() }),
]);

const request = z.discriminatedUnion("kind", [
  z.strictObject({
    ...{ kind: z.literal("certificate"), ...subject, issuer: issuer.optional() },
    ...{ keyAlgorithm: z.string().optional(), lifetimeDays: z.number().optional() },
  }),
  z.strictObject({
    ...{ kind: z.literal("attachment"), ...subject, servingKind: z.enum(servingKinds) },
    ...{ accountId: z.string().optional(), region: z.string().optional(), loadBalancer: z.string().optional() },
  }),
  z.strictObject({ kind: z.literal("action"), ...subject, action: z.enum(actions), urgency: z.enum(urgencies) }),
]);

export const policyExplanationShape = z.array(
  z.strictObject({
    request: request.describe("as it was asked; what is absent was not given"),
    verdict,
    findings: z.array(
      z.strictObject({
        ...{ rule, effect, value: z.string().describe("what is to blame"), what: z.string() },
        source: z.string().describe("where the rule stands, and where its default comes from"),
        fix: z.string(),
        waiver: waiverShape.optional().describe("of `waive`"),
      }),
    ),
    owner: z.string().optional().describe("whose it is; absent where the policy cannot tell"),
    tier: z.string().optional(),
    entry: z.string().optional().describe("where the entry of `certificates` stands that decided"),
    notJudged: z.array(z.string()).describe("for want of being given"),
  }),
);

export type PolicyExplanation = z.infer<typeof policyExplanationShape>;

export const policyTestShape = z.strictObject({
  tests: z.int(),
  failed: z.int(),
  results: z.array(
    z.strictObject({
      ...{ name: z.string(), line: z.int(), expect: z.array(z.string()), isPassed: z.boolean(), verdict },
      findings: z.array(z.strictObject({ rule, effect })),
    }),
  ),
});
