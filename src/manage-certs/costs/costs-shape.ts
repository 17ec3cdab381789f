/** Costs in the published form of a scan. Only its type is used at run time. */
import { z } from "zod";

const cost = z.strictObject({
  prices: z.number(),
  labour: z.number().describe("renewals by hand"),
  unpriced: z.int().describe("certificates without a known price, which are in no sum"),
});
const compared = { certificates: z.int(), now: cost, withAcm: cost, withLetsEncrypt: cost };

export const costsShape = z
  .strictObject({
    currency: z.string().describe("a label, as the prices have it"),
    countsLabour: z.boolean(),
    ...compared,
    teams: z.array(z.strictObject({ team: z.string().optional(), ...compared })),
    unpricedIssuers: z.array(z.strictObject({ issuer: z.string(), certificates: z.int() })),
  })
  .describe("of a year; absent without --costs");
