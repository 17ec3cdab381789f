/**
 * The published form of what `drift-check status` and `explain` tell, from which docs/reference/schemas/drift-stacks.schema.json
 * is made. Fields are added, never renamed or removed, as long as `version` is 1. Only its type is used at run time.
 */
import { z } from "zod";
import { runDocumentShape } from "../report/run-document-shape";
import { statusDocumentShape } from "../serve/status-document-shape";

const time = z.iso.datetime().describe("ISO 8601, UTC");

export const standingDocumentShape = z.strictObject({
  version: z.literal(1),
  at: time,
  exitCode: z.int().min(0).max(4).describe("the worst of the stacks"),
  stacks: z.array(
    z.strictObject({
      run: z.string().describe("id of the run that looked at it last"),
      result: runDocumentShape.shape.stacks.element.describe("as the document of that run has it"),
      waiting: z
        .strictObject({
          since: time,
          checksum: z.string(),
          approveWith: z.string().describe("the command that approves it"),
          planFile: z.string().describe("for terraform show, in the folder of the stack; it holds secrets"),
        })
        .optional()
        .describe("a plan that waits for an approval"),
      firstToEnd: statusDocumentShape.shape.certificates.element
        .optional()
        .describe("the certificate of the stack that ends first"),
    }),
  ),
});

export type StandingDocument = z.infer<typeof standingDocumentShape>;
