import { z } from "zod";

export const teamShape = z
  .strictObject({ name: z.string(), contact: z.string().optional() })
  .describe("whose it is, by `owners` of the configuration; absent where that names nobody");
