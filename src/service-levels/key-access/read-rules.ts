import { z } from "zod";
import { LocatedYaml } from "../../platform/yaml-file/located-yaml";
import { parseShape } from "../../platform/yaml-file/parse-shape";
import { readNamedFile } from "../../platform/yaml-file/read-named-file";
import type { KeyAccessRules } from "./judge-key-access";

const patterns = z.array(z.string().min(1)).min(1);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "It is a time of day in UTC such as 06:30");
const rulesShape = z.strictObject({
  principals: patterns.optional(),
  keys: patterns.optional(),
  regions: patterns.optional(),
  hours: z.strictObject({ from: time, to: time }).optional(),
});
const knownKeys = { "": Object.keys(rulesShape.shape), hours: ["from", "to"] };

/** Errors: `missing_file`; `invalid_config`, with line, column and often a suggestion. */
export function readKeyAccessRules(file: string): KeyAccessRules {
  const text = readNamedFile(file, "the rules of key access");
  return parseShape(new LocatedYaml(text), file, rulesShape, knownKeys);
}
