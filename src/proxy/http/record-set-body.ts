import { z } from "zod";
import { parseRecordName, parseRecordType } from "../../dns/record-name";
import { canonicalName, isWithinZone } from "../../dns/record-set";
import { AppError } from "../../platform/errors";
import { parseStrictJson } from "./strict-json";

/** What a client wants a record set to be, its rdata as it came. */
export interface SentRecordSet {
  readonly ttlSeconds: number;
  readonly rdata: readonly string[];
}

/** One of several sets in a body: name and type canonical. */
export interface NamedRecordSet extends SentRecordSet {
  readonly name: string;
  readonly type: string;
}

/** TTLs are 31 bits (RFC 2181 8). */
const ttl = z.int().min(0).max(2_147_483_647);

/**
 * The documented body, and what old clients make of it: Posh-ACME writes the TTL as text, early Go libraries add
 * `active`. Anything else is refused, since nobody would know what it was meant to do.
 */
const shape = z.strictObject({
  name: z.string(),
  type: z.string(),
  ttl: z.union([
    ttl,
    z
      .string()
      .regex(/^\d{1,10}$/)
      .transform(Number)
      .pipe(ttl),
  ]),
  rdata: z.array(z.string().max(65_535)).min(1),
  active: z.boolean().optional(),
});

/** Reads the body of POST and PUT; it must be about the record set of the path. Errors: `invalid_argument`. */
export function parseRecordSetBody(body: Uint8Array, path: { name: string; type: string }): SentRecordSet {
  const { name, type, ttl: ttlSeconds, rdata } = parse(shape, body);
  if (canonicalName(name) !== path.name || type.toUpperCase() !== path.type)
    throw new AppError(
      "invalid_argument",
      `the body is about ${name} ${type}, the path about ${path.name} ${path.type}`,
    );
  return { ttlSeconds, rdata };
}

const listShape = z.strictObject({ recordsets: z.array(shape).min(1) });

/**
 * Reads the body of POST and PUT on `/recordsets`: sets of the zone, none of them twice. An empty list is no zone that
 * Edge DNS would take, and no way to clear one by mistake. Errors: `invalid_argument`.
 */
export function parseRecordSetsBody(body: Uint8Array, zone: string): NamedRecordSet[] {
  const places = new Set<string>();
  return parse(listShape, body).recordsets.map(({ name: sentName, type: sentType, ttl: ttlSeconds, rdata }) => {
    const [name, type] = [parseRecordName(sentName), parseRecordType(sentType)];
    if (!isWithinZone(name, zone)) throw new AppError("invalid_argument", `${name} is not in the zone ${zone}`);
    const place = `${name} ${type}`;
    if (places.has(place)) throw new AppError("invalid_argument", `${place} is there twice`);
    places.add(place);
    return { name, type, ttlSeconds, rdata };
  });
}

function parse<T>(schema: z.ZodType<T>, body: Uint8Array): T {
  const parsed = schema.safeParse(parseStrictJson(body));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? "the body" : issue.path.join(".");
  throw new AppError("invalid_argument", `${place}: ${issue?.message ?? "not what belongs here"}`);
}
