/**
 * The published form of a scan, from which docs/reference/schemas/scan.schema.json is made. Fields are added, never
 * renamed or removed, as long as `version` is 1. Only its type is used at run time.
 */
import { z } from "zod";
import { waiversShape } from "../../policy/report-shapes";
import { costsShape } from "../costs/costs-shape";
import { teamShape } from "./team-shape";

const time = z.iso.datetime().describe("ISO 8601, UTC");
const tags = z.record(z.string(), z.string());

const renewal = z
  .strictObject({
    state: z.enum(["not-due", "due", "overdue"]),
    reason: z.enum(["ari-window", "lifetime", "floor", "expired"]).optional(),
    renewAt: time,
  })
  .describe("the decision of unexpired; absent before a certificate is issued");

const validation = z.strictObject({
  domainName: z.string(),
  status: z.string(),
  record: z.strictObject({ name: z.string(), type: z.string(), value: z.string() }).optional(),
  inDns: z.enum(["present", "gone", "different", "unknown"]).optional(),
});

const certificate = z.strictObject({
  arn: z.string(),
  accountId: z.string(),
  region: z.string(),
  origin: z.enum(["amazon-issued", "private-ca", "acme-endpoint", "imported", "iam"]),
  names: z.array(z.string()),
  issuer: z.string().optional(),
  keyAlgorithm: z.string().optional(),
  serial: z.string().optional().describe("lower-case hex of the DER INTEGER"),
  notBefore: time.optional(),
  notAfter: time.optional(),
  daysLeft: z.int().optional().describe("whole days from the scan to the end; negative once it is over"),
  status: z.string().describe("as ACM has it: ISSUED, EXPIRED, PENDING_VALIDATION …"),
  importedAt: time.optional(),
  inUseBy: z.array(z.string()).describe("ARNs of its users, as AWS tells"),
  tags,
  owner: z.enum(["acm", "terraform", "unexpired", "acme-client", "nobody"]).describe("who renews it"),
  team: teamShape.optional(),
  renewal: renewal.optional(),
  chain: z
    .strictObject({
      intermediates: z.int(),
      broken: z.string().optional(),
      authorityKeyId: z.string().optional(),
      keyFingerprint: z.string().optional().describe("SHA-256 over the SubjectPublicKeyInfo, lower-case hex"),
    })
    .optional(),
  validation: z.array(validation),
  acmRenewal: z
    .strictObject({ eligible: z.boolean(), status: z.string().optional(), reason: z.string().optional() })
    .optional(),
});

const served = z.strictObject({
  serial: z.string(),
  subject: z.string(),
  issuer: z.string(),
  notAfter: time,
  names: z.array(z.string()),
});

const observation = z.strictObject({
  address: z.string(),
  port: z.int(),
  serverName: z.string().optional().describe("absent where no name was sent"),
  outcome: z.discriminatedUnion("state", [
    z.strictObject({ state: z.literal("served"), chain: z.array(served), refusal: z.string().optional() }),
    z.strictObject({ state: z.literal("unreachable"), why: z.string() }),
  ]),
});

const servingPoint = z.strictObject({
  id: z.string(),
  kind: z.enum([
    "application-listener",
    "network-listener",
    "classic-listener",
    "distribution",
    "rest-domain-name",
    "http-domain-name",
  ]),
  name: z.string(),
  arn: z.string(),
  accountId: z.string(),
  region: z.string(),
  hostName: z.string(),
  port: z.int(),
  disabled: z.boolean().optional(),
  internal: z.boolean().optional().describe("inside a VPC by design"),
  names: z.array(z.string()),
  tags,
  certificates: z.array(z.strictObject({ arn: z.string(), role: z.enum(["default", "sni"]) })),
  observations: z.array(observation),
});

const finding = z.strictObject({
  id: z.string().describe("the same at every scan"),
  rule: z.string().describe("docs/reference/findings.md"),
  severity: z.enum(["critical", "warning", "notice"]),
  subject: z.string(),
  accountId: z.string(),
  region: z.string(),
  name: z.string(),
  message: z.string(),
  action: z.string(),
  due: time.optional(),
  team: teamShape.optional(),
});

const failure = z.strictObject({
  accountId: z.string().optional(),
  region: z.string().optional(),
  service: z.string(),
  error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string().optional() }),
});

export const scanDocumentShape = z
  .strictObject({
    version: z.literal(1),
    scannedAt: time,
    summary: z.strictObject({
      accounts: z.int(),
      regions: z.int(),
      certificates: z.int(),
      servingPoints: z.int(),
      handshakes: z.int(),
      critical: z.int(),
      warnings: z.int(),
      notices: z.int(),
      failures: z.int(),
    }),
    findings: z.array(finding).describe("the most urgent first"),
    certificates: z.array(certificate),
    servingPoints: z.array(servingPoint),
    usage: z.array(
      z.strictObject({
        accountId: z.string(),
        region: z.string(),
        quota: z.enum(["certificates", "SNI certificates"]),
        subject: z.string().optional(),
        used: z.int(),
        limit: z.int(),
      }),
    ),
    failures: z.array(failure).describe("what could not be looked at"),
    waivers: waiversShape.optional(),
    costs: costsShape.optional(),
  })
  .describe("what manage-certs scan --json writes");

export type ScanDocument = z.infer<typeof scanDocumentShape>;
