/**
 * The published form of service levels, from which docs/reference/schemas/slo.schema.json is made. Fields are added, never
 * renamed or removed, as long as `version` is 1. Only its type is used at run time.
 */
import { z } from "zod";
import { sliNames } from "./metric-families";
import { perWindow } from "./targets";

const level = z.strictObject({
  good: z.int(),
  bad: z.int(),
  ratio: z.number().describe("1 where nothing happened"),
  burnRate: z.number().optional().describe("absent where the target leaves no budget"),
});

export const levelsDocumentShape = z
  .strictObject({
    version: z.literal(1),
    levels: z.array(
      z.strictObject({
        sli: z.enum(sliNames),
        title: z.string(),
        target: z.number().describe("the share that is to be good"),
        windows: z
          .strictObject(perWindow(() => level))
          .optional()
          .describe("absent where nothing was given that tells"),
        budgetRemaining: z
          .number()
          .optional()
          .describe("of the error budget of 30 days, 1 at most; below 0 it is overspent"),
      }),
    ),
  })
  .describe("what unexpired slo --json writes");
