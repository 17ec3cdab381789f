import { z } from "zod";
import { parseRecordName, parseRecordType } from "../../dns/record-name";
import type { RecordSet } from "../../dns/record-set";
import { AppError } from "../../platform/errors";
import type { NamedByPath } from "./route-of";

/** Name and type may be left out where the request names them. */
const set = z.strictObject({
  name: z.string().optional(),
  type: z.string().optional(),
  ttl: z.int().min(0).default(300),
  rdata: z.array(z.string()).min(1),
});
const list = z.array(set);

/** One record set as Edge DNS writes it, several of them, or what a list of record sets answers. */
export const givenSetsShape = z.union([
  set.transform((one) => [one]),
  list,
  z.object({ recordsets: list }).transform(({ recordsets }) => recordsets),
]);

export type GivenSet = z.infer<typeof set>;

/** What is said to stand upstream. Errors: `invalid_argument`. */
export function standingSets(given: readonly GivenSet[], path: NamedByPath): RecordSet[] {
  return given.map(({ name = path.name, type = path.type, ttl: ttlSeconds, rdata }) => {
    if (name === undefined || type === undefined)
      throw new AppError("invalid_argument", "a current record set needs name and type where the request names none");
    return { name: parseRecordName(name), type: parseRecordType(type), ttlSeconds, rdata };
  });
}

/** Parses such a file. Errors: `invalid_argument`. */
export function parseGivenSets(text: string, role: string): GivenSet[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_argument", `${role} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const parsed = givenSetsShape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_argument", `${role} has no record sets of the form { name, type, ttl, rdata }`, {
    hint: "save what GET of the record set, or of /recordsets, answers",
  });
}
