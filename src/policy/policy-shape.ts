/** The shape of a policy; what its words mean is in docs/reference/policy.md. */
import { z } from "zod";
import { keyAlgorithms } from "../certificates/key-algorithm";
import type { KnownKeys } from "../platform/yaml-file/parse-shape";
import { actions, servingKinds, urgencies, weekdays } from "./request";
import { denyingRuleIds } from "./rules";

const text = z.string().min(1);
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, "use letters, digits, dot, hyphen, underscore");
const texts = z.array(text).min(1);
const names = z.array(name).min(1);
const answer = z.enum(["deny", "allow"]).default("deny");

const unlisted = z.strictObject({ names: answer, certificates: answer, attachments: answer });

const issuer = z.strictObject({
  name,
  directoryUrl: z.url({ protocol: /^https$/, error: "use an https URL" }).optional(),
  authorityArn: z
    .string()
    .regex(/^arn:[\w-]+:acm-pca:[a-z0-9-]+:\d{12}:certificate-authority\/[\w-]+$/, "use the ARN of an AWS Private CA")
    .optional(),
  public: z.boolean().optional(),
});

const owner = z.strictObject({ name, contact: text, names: texts, tiers: names.optional() });

/** Which certificates an entry is for; what is left out is not asked for. */
const scope = { owners: names.optional(), tiers: names.optional() };

const days = z.number().positive();

const certificate = z.strictObject({
  ...scope,
  names: texts.optional(),
  issuers: names.optional(),
  profiles: texts.optional(),
  keyAlgorithms: z.array(z.enum(keyAlgorithms)).min(1).optional(),
  lifetimeDays: z.strictObject({ min: days.optional(), max: days.optional() }).optional(),
});

const attachment = z.strictObject({
  ...scope,
  accounts: z
    .array(z.string().regex(/^\d{12}$/, "use the twelve digits of an account"))
    .min(1)
    .optional(),
  regions: texts.optional(),
  kinds: z.array(z.enum(servingKinds)).min(1).optional(),
  loadBalancers: texts.optional(),
});

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "write a time of day as 09:00");

const window = z.strictObject({
  ...scope,
  actions: z.array(z.enum(actions)).min(1).default(["renew", "replace"]),
  days: z.array(z.enum(weekdays)).min(1).optional(),
  from: timeOfDay,
  to: timeOfDay,
  timeZone: text.default("UTC"),
});

const freeze = z.strictObject({
  ...scope,
  name: text,
  from: text,
  to: text,
  actions: z
    .array(z.enum(actions))
    .min(1)
    .default([...actions]),
  except: z.array(z.enum(urgencies)).default(["overdue", "compromise"]),
});

const waiver = z.strictObject({
  rule: z.enum(denyingRuleIds),
  names: texts,
  owner: text,
  reason: text,
  until: text,
});

export const policyShape = z.strictObject({
  enforcement: z.enum(["deny", "warn"]).default("deny"),
  unlisted: unlisted.prefault({}),
  issuers: z.array(issuer).min(1).optional(),
  tiers: names.optional(),
  owners: z.array(owner).min(1).optional(),
  certificates: z.array(certificate).min(1).optional(),
  attachments: z.array(attachment).min(1).optional(),
  windows: z.array(window).default([]),
  freezes: z.array(freeze).default([]),
  waivers: z.array(waiver).default([]),
});

/** A policy as it is written, with every default. */
export type PolicyFile = z.infer<typeof policyShape>;

/** A policy as people write it, in YAML or as an object. */
export type PolicyDocument = z.input<typeof policyShape>;

/** The keys each mapping of the file knows, by the path to it with list positions left out; for suggestions. */
export const knownKeys: KnownKeys = {
  "": Object.keys(policyShape.shape),
  unlisted: Object.keys(unlisted.shape),
  issuers: Object.keys(issuer.shape),
  owners: Object.keys(owner.shape),
  certificates: Object.keys(certificate.shape),
  "certificates.lifetimeDays": ["min", "max"],
  attachments: Object.keys(attachment.shape),
  windows: Object.keys(window.shape),
  freezes: Object.keys(freeze.shape),
  waivers: Object.keys(waiver.shape),
};
