/**
 * The published form of a run of `manage-certs issue`, from which docs/reference/schemas/issue.schema.json is made. Fields
 * are added, never renamed or removed, as long as `version` is 1. Only its type is used at run time.
 */
import { z } from "zod";
import { policyFindingsShape, waiversShape } from "../../policy/report-shapes";
import { certificate, error, failures, listener, time } from "./attachments-document-shape";

const issuance = z.strictObject({
  action: z.enum(["order", "found", "blocked"]),
  why: z.string(),
  issuer: z.string().describe("as the configuration calls it"),
  policy: policyFindingsShape.optional(),
  outcome: z
    .strictObject({
      result: z.enum(["issued", "found"]),
      arn: z.string(),
      serial: z.string().optional().describe("lower-case hex of the DER INTEGER"),
      notAfter: time.optional(),
      warnings: z.array(z.string()),
    })
    .optional()
    .describe("absent in a dry run, and where there is no certificate"),
  error: error.optional(),
});

export const issueDocumentShape = z.strictObject({
  version: z.literal(1),
  applied: z.boolean().describe("false: a dry run"),
  at: time,
  certificate,
  issuance,
  listeners: z.array(listener),
  failures,
  waivers: waiversShape.optional(),
});

export type IssueDocument = z.infer<typeof issueDocumentShape>;
