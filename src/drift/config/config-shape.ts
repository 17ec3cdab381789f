/** The shape of drift-check.yaml; what its words mean is in docs/reference/drift-check.md. */
import { z } from "zod";
import { policyChoiceKeys, policyChoiceShape } from "../../policy/policy-choice";
import { parseDate } from "../../platform/yaml-file/parse-date";
import { notifyKeys, notifyShape } from "../notify/notify-shape";
import { defaultConfig } from "./config";

const text = z.string().min(1);
const { cdktf, limits, verify, history } = defaultConfig;

const moment = z.string().transform((given, context) => {
  const date = parseDate(given);
  if (!Number.isNaN(date.getTime())) return date;
  context.addIssue({ code: "custom", message: "use a date or a moment, such as 2026-12-20T00:00:00Z" });
  return z.NEVER;
});

const stack = z.strictObject({ name: text, folder: text });
const cdktfShape = z.strictObject({ folder: text.default(cdktf.folder), synthesize: text.optional() });
const limitsShape = z.strictObject({
  concurrency: z.int().min(1).max(64).optional(),
  renewals: z.int().min(0).default(limits.renewals),
  share: z.number().min(0).max(1).default(limits.share),
  shareAbove: z.int().min(0).default(limits.shareAbove),
  planAgeMinutes: z.number().min(0).default(limits.planAgeMinutes),
  stepMinutes: z.number().positive().default(limits.stepMinutes),
  lockSeconds: z.int().min(0).default(limits.lockSeconds),
});
const freeze = z
  .strictObject({ from: moment, until: moment, reason: text.optional() })
  .refine(({ from, until }) => from < until, { error: "until must be after from", path: ["until"] });
const follower = z.strictObject({
  type: z.string().regex(/^[a-z][a-z0-9_]*$/, "use a resource type, such as aws_ssm_parameter"),
  attributes: z.array(text).min(1),
});
const verifyShape = z.strictObject({
  handshakes: z.boolean().default(verify.handshakes),
  acm: z.boolean().default(verify.acm),
  roots: text.optional(),
  connectTo: z.array(text).default([...verify.connectTo]),
  waitSeconds: z.int().min(1).default(verify.waitSeconds),
});

const historyShape = z.strictObject({ runs: z.int().min(1).max(10_000).default(history.runs) });

export const configShape = z.strictObject({
  stacks: z.array(stack).default([]),
  cdktf: cdktfShape.prefault({}),
  terraform: text.default(defaultConfig.terraform),
  limits: limitsShape.prefault({}),
  freezes: z.array(freeze).default([]),
  follow: z.array(follower).default([]),
  verify: verifyShape.prefault({}),
  history: historyShape.prefault({}),
  notify: notifyShape.default([]),
  policy: policyChoiceShape.optional(),
});

/** The keys each mapping of the file knows, by the path to it with list positions left out; for suggestions. */
export const knownKeys: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(configShape.shape),
  stacks: Object.keys(stack.shape),
  cdktf: Object.keys(cdktfShape.shape),
  limits: Object.keys(limitsShape.shape),
  freezes: Object.keys(freeze.shape),
  follow: Object.keys(follower.shape),
  verify: Object.keys(verifyShape.shape),
  history: Object.keys(historyShape.shape),
  policy: policyChoiceKeys,
  ...notifyKeys,
};
