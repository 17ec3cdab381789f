/**
 * The published forms of what `akamai-dns-proxy check`, `explain` and `test` write with --json, from which the schemas
 * proxy-*.schema.json in docs/reference/schemas are made. Fields are added, never renamed or removed. Only their types
 * are used at run time.
 */
import { z } from "zod";
import { lintsShape, mistakesShape } from "../../platform/yaml-file/check-shapes";

export const proxyCheckShape = z.strictObject({
  ...{ file: z.string(), clients: z.int(), grants: z.int() },
  mistakes: mistakesShape,
  lints: lintsShape,
});

const text = z.string().optional();
const verdict = z.enum(["allow", "deny", "invalid", "undecided"]);
const reason = text.describe("of `deny`: see docs/reference/akamai-dns-proxy.md");
const status = z.int().optional().describe("what the client would be answered");

const decision = z.strictObject({
  ...{ zone: text, name: text, type: text },
  verdict: z.enum(["allow", "deny", "undecided"]),
  reason,
  grant: text.describe("the one that allows it: `grants[0]`"),
  grants: z
    .array(
      z.strictObject({
        ...{ grant: z.string(), kind: z.string(), verdict: z.string().describe("`allow`, or the reason of a denial") },
        detail: text.describe("what was missing"),
        line: z.int().describe("in the policy file"),
      }),
    )
    .describe("the client's grants in the zone, those first in which it came furthest"),
});

const set = z.strictObject({
  ...{ name: z.string(), type: z.string(), ttlSeconds: z.number() },
  rdata: z.array(z.string()).describe("presentation text, TXT quoted"),
});

export const proxyExplanationShape = z.strictObject({
  client: z.string(),
  request: z.string().describe("method and path"),
  operation: text,
  verdict: verdict.describe("`invalid`: refused before access was judged; `undecided`: it depends on the body"),
  reason,
  decisions: z.array(decision),
  status,
  detail: text,
  upstream: z
    .array(
      z.strictObject({
        ...{ method: z.enum(["POST", "PUT", "DELETE"]), zone: z.string(), name: z.string(), type: z.string() },
        set: set.optional().describe("absent for a deletion"),
      }),
    )
    .describe("what would be sent to Edge DNS"),
  notes: z.array(z.string()).describe("what is taken for granted"),
});

export const proxyTestShape = z.strictObject({
  tests: z.int(),
  failed: z.int(),
  results: z.array(
    z.strictObject({
      ...{
        name: z.string(),
        line: z.int(),
        expect: z.union([z.string(), z.int()]),
        grant: text,
        isPassed: z.boolean(),
      },
      ...{ verdict, reason, status, grants: z.array(z.string()).describe("that allow it") },
    }),
  ),
});
