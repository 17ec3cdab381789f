/** What a policy found, and its waivers, in the published form of every report. Only their types are used at run time. */
import { z } from "zod";

export const waiverShape = z.strictObject({
  rule: z.string(),
  names: z.array(z.string()).describe("patterns"),
  owner: z.string().describe("who answers for it"),
  reason: z.string(),
  until: z.iso.date().describe("the first day without it"),
  text: z.string().describe("all of it, for people"),
});

export const waiversShape = z.array(waiverShape).describe("of the policy, in force at that time, used or not");

export const policyFindingsShape = z
  .array(
    z.strictObject({
      rule: z.string().describe("see docs/reference/policy.md"),
      effect: z.enum(["deny", "warn", "waive"]),
      value: z.string().describe("what is to blame"),
      text: z.string(),
      waiver: waiverShape.optional().describe("of `waive`"),
    }),
  )
  .describe("what the policy has to say");
