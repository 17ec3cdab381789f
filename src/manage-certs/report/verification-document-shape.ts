/**
 * The published form of what `manage-certs verify` found, from which docs/reference/schemas/verify.schema.json is made.
 * Fields are added, never renamed or removed, as long as `version` is 1. Only its type is used at run time.
 */
import { z } from "zod";

const time = z.iso.datetime().describe("ISO 8601, UTC");

const problem = z.strictObject({
  kind: z.enum(["unreachable", "refused", "other-certificate", "shadowed"]),
  message: z.string(),
  hint: z.string().optional(),
});

const served = z.strictObject({
  serial: z.string().describe("lower-case hex of the DER INTEGER"),
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()),
  notAfter: time,
  daysLeft: z.int().describe("whole days from now to the end; negative once it is over"),
  chainLength: z.int().describe("certificates as the server sent them, the leaf included"),
});

const handshake = z.strictObject({
  address: z.string(),
  port: z.int(),
  serverName: z.string().optional().describe("absent where no name was sent"),
  served: served.optional().describe("absent where there was no handshake"),
  expectedArn: z.string().optional().describe("what AWS says is attached for that name; absent where it is not known"),
  problems: z.array(problem),
});

const target = z.strictObject({
  name: z.string(),
  id: z.string().optional().describe("of a serving point, as a scan has it; absent for a host"),
  state: z.enum(["good", "wrong", "out of reach"]),
  why: z.string().optional().describe("why it is out of reach by design"),
  handshakes: z.array(handshake),
  problems: z.array(problem).describe("of its handshakes, and of the target as a whole"),
});

const failure = z.strictObject({
  accountId: z.string().optional(),
  region: z.string().optional(),
  service: z.string(),
  error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string().optional() }),
});

export const verificationDocumentShape = z
  .strictObject({
    version: z.literal(1),
    verifiedAt: time,
    targets: z.array(target),
    failures: z.array(failure).describe("what could not be looked at"),
  })
  .describe("what manage-certs verify --json writes");

export type VerificationDocument = z.infer<typeof verificationDocumentShape>;
