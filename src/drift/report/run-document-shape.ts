/**
 * The published form of a run of `drift-check run`, from which docs/reference/schemas/drift-run.schema.json is made. Fields
 * are added, never renamed or removed, as long as `version` is 1. Only its type is used at run time.
 */
import { z } from "zod";
import { steps } from "../run/stack-report";

const time = z.iso.datetime().describe("ISO 8601, UTC");

const finding = z.strictObject({
  rule: z.string().describe("see docs/reference/drift-check.md"),
  verdict: z.enum(["needs-approval", "forbidden"]),
  subject: z.string().describe("address of a resource, `output NAME`, or what else is to blame"),
  value: z.string().describe("what offends: actions, the name of an attribute, a number"),
  message: z.string(),
  wayOut: z.string(),
});

const served = z.strictObject({
  certificate: z.string().describe("address of its resource"),
  serial: z.string().describe("lower-case hex of the DER INTEGER"),
  servedBy: z.string().describe("address of the resource that serves it"),
  at: z.string().describe("host:port"),
  serverName: z.string().optional().describe("absent where no name was sent"),
});

const stack = z.strictObject({
  name: z.string(),
  folder: z.string(),
  outcome: z.enum(["no-op", "applied", "safe", "needs-approval", "forbidden", "failed"]),
  exitCode: z.int().min(0).max(4),
  verdict: z.enum(["no-op", "safe", "needs-approval", "forbidden"]).optional().describe("absent without a plan"),
  applied: z.boolean().describe("true as well where something failed after it"),
  startedAt: time,
  seconds: z.number(),
  checksum: z.string().optional().describe("SHA-256 of what the plan would do; absent where it is empty"),
  changes: z.array(z.strictObject({ address: z.string(), actions: z.array(z.string()) })),
  findings: z.array(finding),
  served: z.array(served).describe("by handshakes, after an apply"),
  failure: z
    .strictObject({
      step: z.enum(steps),
      code: z.string().describe("see docs/reference/errors.md"),
      message: z.string(),
      hint: z.string().optional(),
    })
    .optional(),
});

export const runDocumentShape = z.strictObject({
  version: z.literal(1),
  at: time,
  applies: z.boolean().describe("false: a dry run"),
  exitCode: z.int().min(0).max(4),
  stacks: z.array(stack),
});

export type RunDocument = z.infer<typeof runDocumentShape>;
