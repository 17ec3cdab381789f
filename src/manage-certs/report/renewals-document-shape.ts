/**
 * The published form of a run of `manage-certs renew`, from which docs/reference/schemas/renew.schema.json is made. Fields
 * are added, never renamed or removed, as long as `version` is 1. Only its type is used at run time.
 */
import { z } from "zod";
import { policyFindingsShape, waiversShape } from "../../policy/report-shapes";
import { teamShape } from "./team-shape";

const time = z.iso.datetime().describe("ISO 8601, UTC");

const error = z.strictObject({
  code: z.string().describe("see docs/reference/errors.md"),
  message: z.string(),
  hint: z.string().optional(),
});

const result = z.strictObject({
  result: z.enum(["renewed", "finished", "trial ended", "deleted", "left"]),
  arn: z.string().describe("the certificate that is in place now"),
  serial: z.string().optional().describe("lower-case hex of the DER INTEGER"),
  notAfter: time.optional(),
  warnings: z.array(z.string()),
});

const certificate = z.strictObject({
  arn: z.string(),
  accountId: z.string(),
  region: z.string(),
  names: z.array(z.string()),
  notAfter: time.optional(),
  owner: z.enum(["acm", "terraform", "unexpired", "acme-client", "nobody"]).describe("who renews it"),
  team: teamShape.optional(),
  servedAt: z.array(z.strictObject({ name: z.string(), role: z.enum(["default", "sni"]) })),
  action: z.enum(["renew", "finish", "end-canary", "delete", "blocked", "left"]),
  why: z.string(),
  issuer: z.string().optional().describe("as the configuration calls it"),
  policy: policyFindingsShape.optional(),
  outcome: result.optional().describe("absent in a dry run, and where it failed"),
  error: error.optional(),
});

export const renewalsDocumentShape = z.strictObject({
  version: z.literal(1),
  applied: z.boolean().describe("false: a dry run"),
  at: time,
  certificates: z.array(certificate),
  failures: z
    .array(
      z.strictObject({ accountId: z.string().optional(), region: z.string().optional(), service: z.string(), error }),
    )
    .describe("what could not be looked at"),
  waivers: waiversShape.optional(),
});

export type RenewalsDocument = z.infer<typeof renewalsDocumentShape>;
