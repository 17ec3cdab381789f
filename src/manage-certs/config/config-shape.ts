/** The shape of manage-certs.yaml; what its words mean is in docs/reference/manage-certs.md. */
import { z } from "zod";
import { issuableKeyAlgorithms } from "../../certificates/key-algorithm";
import { policyChoiceKeys, policyChoiceShape } from "../../policy/policy-choice";

const text = z.string().min(1);
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, "use letters, digits, dot, hyphen, underscore");
const roleArn = z.string().regex(/^arn:[a-z-]+:iam::\d{12}:role\/.+$/, "use the ARN of an IAM role");
const secretPlace = { env: text.optional(), file: text.optional(), secretsManager: text.optional() };

const regions = z.union([z.literal("all"), z.array(text).min(1)]);

const account = z.strictObject({ name, roleArn: roleArn.optional(), externalId: text.optional() });

const edgeDns = z.strictObject({ edgerc: text.optional(), section: text.optional(), caFile: text.optional() });

const zone = z.strictObject({
  name: text,
  type: z.enum(["edge-dns", "route53"]).default("edge-dns"),
  id: z
    .string()
    .regex(/^Z[A-Z0-9]{1,31}$/, "use the ID of a hosted zone, Z…")
    .optional(),
});

const externalAccountBinding = z.strictObject({ keyId: text, hmacKey: z.strictObject(secretPlace) });

const issuer = z.strictObject({
  name,
  directoryUrl: z.url({ protocol: /^https$/, error: "use an https URL" }),
  caFile: text.optional(),
  contactEmail: z.email().optional(),
  profile: text.optional(),
  preferredChain: text.optional(),
  externalAccountBinding: externalAccountBinding.optional(),
});

const renewal = z.strictObject({ daysBeforeExpiry: z.int().min(1).optional() });

const owner = z.strictObject({ names: z.array(text).min(1), owner: text, contact: text.optional() });

const limits = z.strictObject({
  changes: z.int().min(1).optional(),
  ordersPerHour: z.number().min(1).default(100),
  concurrency: z.int().min(1).max(32).default(4),
  graceHours: z.number().min(0).default(24),
  certificatesPerLoadBalancer: z.int().min(1).default(25),
});

const verify = z.strictObject({
  roots: text.optional(),
  connectTo: z.array(text).default([]),
  waitSeconds: z.int().min(1).default(180),
});

export const configShape = z.strictObject({
  regions: regions.optional(),
  accounts: z.array(account).min(1).optional(),
  zones: z.array(zone).default([]),
  edgeDns: edgeDns.default({}),
  nameServers: z.array(text).min(1).optional(),
  issuers: z.array(issuer).default([]),
  issuer: text.optional(),
  keyAlgorithm: z.enum(issuableKeyAlgorithms).default("EC_prime256v1"),
  accountStore: z.strictObject(secretPlace).optional(),
  renewal: renewal.default({}),
  owners: z.array(owner).default([]),
  limits: limits.prefault({}),
  verify: verify.prefault({}),
  policy: policyChoiceShape.optional(),
});

export type ConfigFile = z.infer<typeof configShape>;
export type IssuerEntry = ConfigFile["issuers"][number];
export type AccountEntry = z.infer<typeof account>;
export type OwnerEntry = ConfigFile["owners"][number];

/** The keys each mapping of the file knows, by the path to it with list positions left out; for suggestions. */
export const knownKeys: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(configShape.shape),
  accounts: Object.keys(account.shape),
  zones: Object.keys(zone.shape),
  edgeDns: Object.keys(edgeDns.shape),
  issuers: Object.keys(issuer.shape),
  "issuers.externalAccountBinding": Object.keys(externalAccountBinding.shape),
  "issuers.externalAccountBinding.hmacKey": Object.keys(secretPlace),
  accountStore: Object.keys(secretPlace),
  renewal: Object.keys(renewal.shape),
  owners: Object.keys(owner.shape),
  limits: Object.keys(limits.shape),
  verify: Object.keys(verify.shape),
  policy: policyChoiceKeys,
};
