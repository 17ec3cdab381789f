/**
 * The published form of what `drift-check status` and `explain` tell, from which docs/reference/schemas/drift-stacks.schema.json
 * is made. Fields are added, never renamed or removed, as long as `version` is 1. Only its type is used at run time.
 */
import { z } from "zod";
import { runDocumentShape } from "../report/run-document-shape";

const time = z.iso.datetime().describe("ISO 8601, UTC");

export const standingDocumentShape = z.strictObject({
  version: z.literal(1),
  at: time,
  exitCode: z.int().min(0).max(4).describe("the worst of the stacks"),
  stacks: z.array(
    z.strictObject({
      run: z.string().describe("id of the run that looked at it last"),
      result: z
        .looseObject(
          runDocumentShape.shape.stacks.element.pick({ name: true, folder: true, outcome: true, exitCode: true }).shape,
        )
        .describe("as the document of that run has it: see stacks of drift-run.schema.json"),
      waiting: z
        .strictObject({
          since: time,
          checksum: z.string(),
          approveWith: z.string().describe("the command that approves it"),
          planFile: z.string().describe("for terraform show, in the folder of the stack; it holds secrets"),
        })
        .optional()
        .describe("a plan that waits for an approval"),
      firstToEnd: z
        .strictObject({
          address: z.string().describe("of its resource"),
          names: z.array(z.string()),
          ends: time.optional(),
          seen: z.enum(["on the wire", "in ACM", "in the state"]).describe("where that end was seen"),
        })
        .optional()
        .describe("the certificate of the stack that ends first"),
    }),
  ),
});

export type StandingDocument = z.infer<typeof standingDocumentShape>;
