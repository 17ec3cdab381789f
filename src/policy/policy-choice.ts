/** How configuration files name a policy. */
import { z } from "zod";

const text = z.string().min(1);

const choice = z.strictObject({ file: text, owner: text.optional(), tier: text.optional() });

/** Which file, and on whose behalf it is asked. */
export type PolicyChoice = z.infer<typeof choice>;

/** `policy: FILE`, or a mapping with the file, an owner and a tier. */
export const policyChoiceShape = z.preprocess((given) => (typeof given === "string" ? { file: given } : given), choice);

export const policyChoiceKeys = Object.keys(choice.shape);
