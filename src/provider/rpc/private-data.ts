/**
 * What a resource keeps beside its state: JSON with a version, so that another release can tell whether it
 * understands it. It is only ever a help (a stored verdict, a hint): what cannot be read is as if it were not there.
 */
import { parseJson } from "../wire/decode-value";
import type { PrivateData } from "./resource";

export function readPrivate<P>(bytes: Uint8Array | undefined, format: PrivateData<P> | undefined): P | null {
  if (format === undefined || bytes === undefined || bytes.length === 0) return null;
  try {
    const { version, data } = parseJson(bytes) as { readonly version?: unknown; readonly data?: unknown };
    return version === format.version ? format.parse(data) : null;
  } catch {
    return null;
  }
}

/** `chosen` undefined passes on what was there, null drops it. */
export function writePrivate<P>(
  chosen: P | null | undefined,
  before: Uint8Array | undefined,
  format: PrivateData<P> | undefined,
): Uint8Array {
  if (chosen === undefined || format === undefined) return before ?? new Uint8Array();
  if (chosen === null) return new Uint8Array();
  return Buffer.from(JSON.stringify({ version: format.version, data: chosen }), "utf8");
}
