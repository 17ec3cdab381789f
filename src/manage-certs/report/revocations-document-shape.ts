/**
 * The published form of a run of `manage-certs revoke`, from which docs/reference/schemas/revoke.schema.json is made.
 * Fields are added, never renamed or removed, as long as `version` is 1. Only its type is used at run time.
 */
import { z } from "zod";
import { policyFindingsShape, waiversShape } from "../../policy/report-shapes";

const time = z.iso.datetime().describe("ISO 8601, UTC");
const serial = z.string().describe("lower-case hex of the DER INTEGER");

const error = z.strictObject({
  code: z.string().describe("see docs/reference/errors.md"),
  message: z.string(),
  hint: z.string().optional(),
});

const listed = z
  .discriminatedUnion("state", [
    z.strictObject({ state: z.literal("listed"), at: time, reason: z.string(), url: z.string() }),
    z.strictObject({ state: z.literal("not listed yet"), url: z.string() }),
    z.strictObject({ state: z.literal("unknown"), why: z.string() }),
  ])
  .describe("what the CA's own list of revoked certificates says");

const result = z.strictObject({
  result: z.enum(["revoked", "already revoked", "left"]),
  listed: listed.optional(),
  replacement: z
    .strictObject({ arn: z.string(), serial, notAfter: time.optional() })
    .optional()
    .describe("what has its places now"),
  warnings: z.array(z.string()),
});

const certificate = z.strictObject({
  arn: z.string(),
  serial: serial.optional().describe("of what is to be revoked, as far as that is known"),
  names: z.array(z.string()),
  servedAt: z.array(z.strictObject({ name: z.string(), role: z.enum(["default", "sni"]) })),
  sameKey: z.array(z.string()).describe("ARNs of others with the same key, where it is compromised"),
  action: z.enum(["revoke", "replace", "finish", "blocked", "left"]),
  why: z.string(),
  issuer: z.string().optional().describe("whose account revokes, as the configuration calls it"),
  policy: policyFindingsShape.optional(),
  outcome: result.optional().describe("absent in a dry run, and where it failed"),
  error: error.optional(),
});

export const revocationsDocumentShape = z.strictObject({
  version: z.literal(1),
  applied: z.boolean().describe("false: a dry run"),
  at: time,
  reason: z
    .enum(["keyCompromise", "superseded", "cessationOfOperation", "affiliationChanged", "unspecified"])
    .describe("RFC 5280 5.3.1"),
  certificates: z.array(certificate),
  stillToDo: z
    .array(z.strictObject({ arn: z.string(), begunAt: z.string() }))
    .describe("what earlier runs on this machine replaced, or were about to, and did not revoke"),
  failures: z
    .array(
      z.strictObject({ accountId: z.string().optional(), region: z.string().optional(), service: z.string(), error }),
    )
    .describe("what could not be looked at"),
  waivers: waiversShape.optional(),
});

export type RevocationsDocument = z.infer<typeof revocationsDocumentShape>;
