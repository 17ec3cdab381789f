/** Mistakes and lints of a file, in the published form of every check. Only their types are used at run time. */
import { z } from "zod";

const place = { line: z.int().describe("counted from 1"), column: z.int() };

export const mistakesShape = z
  .array(z.strictObject({ ...place, message: z.string(), hint: z.string().optional() }))
  .describe("with any, the file cannot be used");

export const lintsShape = z
  .array(
    z.strictObject({
      ...{ rule: z.string(), level: z.enum(["error", "warning", "note"]), ...place },
      ...{ message: z.string(), fix: z.string() },
      otherLine: z.int().optional().describe("what it is to be compared with"),
    }),
  )
  .describe("what may not be as it was meant");
