/**
 * The published form of `/status.json`, from which docs/reference/schemas/drift-status.schema.json is made. Fields are
 * added, never renamed or removed, as long as `version` is 1. Only its type is used at run time.
 */
import { z } from "zod";

const time = z.iso.datetime().describe("ISO 8601, UTC");
const outcome = z.enum(["no-op", "applied", "safe", "needs-approval", "forbidden", "failed"]);
const attempt = z.strictObject({
  at: time,
  error: z.strictObject({ code: z.string().describe("see docs/reference/errors.md"), message: z.string() }).optional(),
});

export const statusDocumentShape = z.strictObject({
  version: z.literal(1),
  at: time,
  health: z.strictObject({ status: z.enum(["ok", "failing"]), reasons: z.array(z.string()) }),
  schedule: z.strictObject({ text: z.string(), timeZone: z.string() }),
  applies: z.boolean().describe("whether safe plans are applied"),
  daemon: z.strictObject({
    startedAt: time,
    nextRunAt: time.optional(),
    runningSince: time.optional().describe("a run goes on"),
    lastRun: attempt.optional().describe("with an error if it could not begin"),
    lastSelfTest: attempt.optional(),
    skipped: z.int().describe("runs left out since the start, because the one before still went on"),
  }),
  stacks: z.array(
    z.strictObject({
      name: z.string(),
      folder: z.string(),
      outcome,
      run: z.string().describe("id of the run that saw it last"),
      at: time,
      changes: z.int().describe("of its plan"),
      checksum: z.string().optional().describe("of its plan"),
      why: z.string().optional().describe("the first reason to look at it"),
    }),
  ),
  runs: z
    .array(
      z.strictObject({
        id: z.string(),
        at: time,
        applies: z.boolean(),
        exitCode: z.int().min(0).max(4),
        seconds: z.number(),
        outcomes: z.partialRecord(outcome, z.int()).describe("stacks by what they came to"),
      }),
    )
    .describe("latest first"),
  waiting: z
    .array(
      z.strictObject({
        stack: z.string(),
        since: time,
        until: time.describe("then its plan is dropped"),
        approveWith: z.string().describe("the command that approves it"),
      }),
    )
    .describe("plans that wait for an approval"),
  certificates: z
    .array(
      z.strictObject({
        stack: z.string(),
        address: z.string().describe("of its resource"),
        arn: z.string(),
        names: z.array(z.string()),
        ends: time.optional().describe("the first of the ends that were seen; absent where nobody tells"),
        seen: z.enum(["on the wire", "in ACM", "in the state"]),
        isDue: z.boolean(),
        findings: z.array(z.strictObject({ level: z.enum(["error", "warning", "unseen"]), message: z.string() })),
      }),
    )
    .describe("what ends first comes first"),
});

export type StatusDocument = z.infer<typeof statusDocumentShape>;
