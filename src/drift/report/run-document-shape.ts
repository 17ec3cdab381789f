/**
 * The published form of a run of `drift-check run`, from which docs/reference/schemas/drift-run.schema.json is made. Fields
 * are added, never renamed or removed, as long as `version` is 1. Only its type is used at run time.
 */
import { z } from "zod";
import { policyFindingsShape, waiversShape } from "../../policy/report-shapes";
import { certificateRules } from "../detect/watched-certificate";
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

const sighting = z.strictObject({
  servedBy: z.string().describe("address of the resource that serves it"),
  at: z.string().describe("host:port; servedBy where it was not found"),
  serverName: z.string().optional().describe("absent where no name was sent"),
  serial: z.string().optional(),
  notAfter: time.optional(),
  refusal: z.string().optional().describe("why a client would refuse what it gets"),
  unseen: z.string().optional().describe("why there was no handshake"),
});

const certificate = z.strictObject({
  address: z.string(),
  arn: z.string(),
  names: z.array(z.string()),
  issuer: z.string().describe("URL of an ACME directory, `acm`, or `imported`"),
  notBefore: time.optional().describe("by the state"),
  notAfter: z.strictObject({
    state: time.optional(),
    acm: time.optional().describe("absent where ACM was not asked, or did not answer"),
    wire: time.optional().describe("the earliest that a client got to see; absent where no handshake came to be"),
  }),
  renewal: z
    .strictObject({
      state: z.enum(["not-due", "due", "overdue"]),
      renewAt: time,
      reason: z.enum(["ari-window", "lifetime", "floor", "expired"]).optional().describe("absent where it is not due"),
    })
    .optional()
    .describe("absent where the state does not tell its lifetime"),
  inPlan: z.boolean().describe("whether the last plan renews it, or takes it away"),
  sightings: z.array(sighting),
  findings: z.array(
    z.strictObject({
      rule: z.enum(certificateRules),
      level: z.enum(["error", "warning", "unseen"]).describe("an error fails the run; unseen: nobody could look"),
      message: z.string(),
      wayOut: z.string(),
    }),
  ),
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
  approveWith: z.string().optional().describe("the command that approves the plan, where it needs approval"),
  approvedBy: z
    .strictObject({ who: z.string(), reason: z.string().optional() })
    .optional()
    .describe("who gave leave to apply the plan"),
  changes: z.array(z.strictObject({ address: z.string(), actions: z.array(z.string()) })),
  findings: z.array(finding),
  served: z.array(served).describe("by handshakes, after an apply"),
  policy: z
    .array(z.strictObject({ address: z.string(), findings: policyFindingsShape }))
    .optional()
    .describe("absent without a policy"),
  certificates: z.array(certificate).optional().describe("by the detector; absent where there was no plan"),
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
  waivers: waiversShape.optional(),
});

export type RunDocument = z.infer<typeof runDocumentShape>;
