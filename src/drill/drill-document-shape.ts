/**
 * The published form of what came of drills, from which docs/reference/schemas/drill.schema.json is made. Fields are added,
 * never renamed or removed, as long as `version` is 1. Only its type is used at run time.
 */
import { z } from "zod";

const seconds = z.number().describe("from the fault");

export const drillDocumentShape = z
  .strictObject({
    version: z.literal(1),
    timeScale: z.int().describe("what the hours and minutes of the alert rules were divided by"),
    drills: z.array(
      z.strictObject({
        name: z.string(),
        failureMode: z.string().optional().describe("F1 to F6, where it is one of them"),
        what: z.string().describe("the fault"),
        alert: z.string().describe("what has to fire"),
        objectives: z.strictObject({ detectSeconds: z.number(), recoverSeconds: z.number() }),
        ruleSeconds: z
          .number()
          .optional()
          .describe(
            "what the alert's rule waits in production before it fires, shortened here; absent where it does not",
          ),
        detectedSeconds: seconds.optional().describe("from the fault to the alarm; absent where it did not come"),
        recoveredSeconds: seconds
          .optional()
          .describe("from the fault to clients that are served, all else being well; absent where that did not come"),
        failures: z.array(z.string()).describe("why it failed, for people; empty if it did not"),
      }),
    ),
  })
  .describe("what unexpired drill --json writes");

export type DrillDocument = z.infer<typeof drillDocumentShape>;
