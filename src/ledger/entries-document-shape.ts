/**
 * The published form of entries of a ledger, from which docs/reference/schemas/ledger-entries.schema.json is made. Fields
 * are added, never renamed or removed. Only its type is used at run time.
 */
import { z } from "zod";
import { ledgerOutcomes } from "./ledger-entry";

const text = z.string().optional();

/** Members that a later version of ours adds are left as they are. */
export const entriesDocumentShape = z
  .array(
    z.looseObject({
      seq: z.int(),
      time: z.iso.datetime().describe("RFC 3339, UTC"),
      id: z.string().describe("a UUID"),
      event: z.string().describe("see docs/reference/ledger.md; more may come"),
      outcome: z.enum(ledgerOutcomes),
      actor: z.looseObject({ who: z.string(), program: z.string(), run: z.string(), runUrl: text }),
      subject: z.looseObject({
        names: z.array(z.string()).optional(),
        ...{ certificateArn: text, serial: text, fingerprint: text, attachment: text },
        ...{ account: text, region: text, stack: text, rule: text },
      }),
      why: text.describe("for people"),
      error: z
        .looseObject({ code: z.string().describe("see docs/reference/errors.md"), message: z.string() })
        .optional(),
      requestIds: z.record(z.string(), z.string()).optional(),
      facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
      prev: z.string().optional().describe("hash of the entry before"),
      hash: z.string().optional().describe("see docs/reference/hash-chain.md"),
    }),
  )
  .describe("what unexpired ledger show --json writes, oldest first");
