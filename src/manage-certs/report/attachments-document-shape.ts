/**
 * The published form of a run of `manage-certs attach`, from which docs/reference/schemas/attach.schema.json is made, and
 * parts of that of `manage-certs issue`. Fields are added, never renamed or removed, as long as `version` is 1. Only its
 * type is used at run time.
 */
import { z } from "zod";
import { policyFindingsShape, waiversShape } from "../../policy/report-shapes";

export const time = z.iso.datetime().describe("ISO 8601, UTC");

export const error = z.strictObject({
  code: z.string().describe("see docs/reference/errors.md"),
  message: z.string(),
  hint: z.string().optional(),
});

export const certificate = z.strictObject({
  arn: z.string().optional().describe("absent before it is issued"),
  accountId: z.string(),
  region: z.string(),
  names: z.array(z.string()),
  keyAlgorithm: z.string().optional(),
  notAfter: time.optional(),
});

export const listener = z.strictObject({
  name: z.string(),
  id: z.string().describe("of the serving point, as a scan has it"),
  role: z.enum(["default", "sni"]),
  action: z.enum(["attach", "blocked", "left"]),
  why: z.string(),
  notes: z.array(z.string()).describe("what somebody should know before it is done"),
  policy: policyFindingsShape.optional(),
  outcome: z
    .strictObject({ result: z.enum(["attached", "left"]), warnings: z.array(z.string()) })
    .optional()
    .describe("absent in a dry run, where it failed, and where it was not begun"),
  error: error.optional(),
});

export const failures = z
  .array(
    z.strictObject({ accountId: z.string().optional(), region: z.string().optional(), service: z.string(), error }),
  )
  .describe("what could not be looked at");

export const attachmentsDocumentShape = z.strictObject({
  version: z.literal(1),
  applied: z.boolean().describe("false: a dry run"),
  at: time,
  certificate,
  listeners: z.array(listener),
  failures,
  waivers: waiversShape.optional(),
});

export type AttachmentsDocument = z.infer<typeof attachmentsDocumentShape>;
