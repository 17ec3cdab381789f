/**
 * The published form of what `verify` finds out about a hash chain, from which docs/reference/schemas/chain.schema.json is
 * made. Fields are added, never renamed or removed. Only its type is used at run time.
 */
import { z } from "zod";

const head = z.strictObject({ seq: z.int(), hash: z.string() });

export const chainReportShape = z.strictObject({
  ok: z.boolean().describe("nothing was changed, removed, moved or cut off"),
  entries: z.int().describe("read before the fault, if there is one"),
  from: head.optional().describe("what the first line follows: seq 0 where a chain begins"),
  last: head.optional(),
  torn: z
    .array(z.strictObject({ file: z.string(), line: z.int(), octets: z.int() }))
    .describe("writes that a crash cut off; nothing is missing there"),
  fault: z
    .strictObject({
      reason: z.enum(["changed", "missing", "moved", "replaced", "cut", "anchor", "open_end"]),
      file: z.string(),
      line: z.int().optional().describe("from 1; absent if it is about the file as a whole"),
      seq: z.int().describe("of the first entry that is concerned"),
      message: z.string(),
    })
    .optional()
    .describe("the first one; what comes behind it proves nothing"),
});
