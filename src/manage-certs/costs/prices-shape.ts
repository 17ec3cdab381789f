/** The shape of prices.yaml; what its words mean is in docs/guides/costs.md. */
import { z } from "zod";

const text = z.string().min(1);
const price = z.number().min(0);

/** What a certificate costs: as a whole, and for each of its names. */
const amounts = { certificate: price.optional(), name: price.optional(), wildcard: price.optional() };
const per = z.enum(["year", "issuance"]);
const hasAmount = ({ certificate, name, wildcard }: { [Key in keyof typeof amounts]?: number }) =>
  [certificate, name, wildcard].some((each) => each !== undefined);
const noAmount = { error: "give at least one of certificate, name and wildcard; 0 for what is free" };

const issuer = z
  .strictObject({ issuer: text, ...amounts, per: per.default("year"), replaceable: z.boolean().default(true) })
  .refine(hasAmount, noAmount);
const exportable = z.strictObject({ ...amounts, per: per.default("issuance") }).refine(hasAmount, noAmount);
const labour = z.strictObject({ minutesPerRenewal: price, hourlyRate: price });
const acm = z.strictObject({ exportable: exportable.optional() });

export const pricesShape = z.strictObject({
  currency: text,
  labour: labour.optional(),
  issuers: z.array(issuer).default([]),
  acm: acm.default({}),
});

/** What prices.yaml says, with every default. */
export type Prices = z.infer<typeof pricesShape>;

/** What a certificate costs at one place. */
export type Price = Pick<Prices["issuers"][number], "certificate" | "name" | "wildcard" | "per">;

/** The keys each mapping of the file knows, by the path to it with list positions left out; for suggestions. */
export const knownKeys: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(pricesShape.shape),
  labour: Object.keys(labour.shape),
  issuers: Object.keys(issuer.shape),
  acm: Object.keys(acm.shape),
  "acm.exportable": Object.keys(exportable.shape),
};
