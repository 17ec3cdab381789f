/**
 * The published form of a notice, from which docs/reference/schemas/drift-notice.schema.json is made. Fields are added,
 * never renamed or removed, as long as `version` is 1. Only its type is used at run time.
 */
import { z } from "zod";
import { noticeKinds } from "./notice";

const time = z.iso.datetime().describe("ISO 8601, UTC");

const stack = z.strictObject({
  name: z.string(),
  subject: z.string().describe("address of a resource, `output NAME`, the step that failed, or what else is to blame"),
  message: z.string(),
  more: z.int().describe("further findings, or changes, of this stack"),
  checksum: z.string().optional().describe("SHA-256 of what its plan would do"),
  command: z.string().optional().describe("what settles it, as a shell takes it"),
});

export const noticeDocumentShape = z.strictObject({
  version: z.literal(1),
  id: z.string().describe("the same when the same notice is sent again because no answer came"),
  source: z.literal("unexpired.drift-check"),
  at: time.describe("when the run began; ISO 8601, UTC"),
  kind: z.enum(noticeKinds).describe("safe: a renewal waits for --apply; resolved: what was told before is no more"),
  was: z.enum(noticeKinds).optional().describe("what is resolved"),
  cause: z
    .string()
    .describe("a guard of docs/reference/drift-check.md, a code of docs/reference/errors.md, renewal, or approval"),
  subjectKind: z.string().describe("type of the resources to blame, or the step that failed"),
  title: z.string(),
  since: time.optional().describe("when it was first told; ISO 8601, UTC"),
  total: z.int().describe("stacks that it concerns"),
  stacks: z.array(stack).describe("the first 20 of them, by name"),
  wayOut: z.string().optional().describe("what to do"),
});

export type NoticeDocument = z.infer<typeof noticeDocumentShape>;
