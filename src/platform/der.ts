/** Writes the few DER types that certificates and requests for them are made of (ITU-T X.690). */

export function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([header(tag, size), ...parts]);
}

/** X.690 8.1.3: short form below 128, else the number of octets and the octets. */
function header(tag: number, size: number): Buffer {
  if (size < 0x80) return Buffer.from([tag, size]);
  const octets: number[] = [];
  for (let rest = size; rest > 0; rest >>>= 8) octets.unshift(rest & 0xff);
  return Buffer.from([tag, 0x80 | octets.length, ...octets]);
}

export const sequence = (...parts: readonly Uint8Array[]) => tagged(0x30, ...parts);
/** More than one element would have to be sorted (X.690 11.6). */
export const setOf = (...parts: readonly Uint8Array[]) => tagged(0x31, ...parts);
export const octetString = (...parts: readonly Uint8Array[]) => tagged(0x04, ...parts);
export const utf8String = (text: string) => tagged(0x0c, Buffer.from(text, "utf8"));
/** From the content's octets: big-endian, with a leading zero where a positive number's first bit is set. */
export const integer = (bytes: Uint8Array) => tagged(0x02, bytes);
export const booleanTrue = Buffer.from([0x01, 0x01, 0xff]);
/** A BIT STRING of whole octets; pass `unusedBits` for named bits. */
export const bitString = (bytes: Uint8Array, unusedBits = 0) => tagged(0x03, Buffer.from([unusedBits]), bytes);
/** [number] with content that is itself DER. */
export const explicit = (number: number, ...parts: readonly Uint8Array[]) => tagged(0xa0 | number, ...parts);
/** [number] in place of the primitive type's own tag. */
export const implicit = (number: number, bytes: Uint8Array) => tagged(0x80 | number, bytes);

/** From dotted numbers. */
export function objectIdentifier(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes = [first * 40 + second, ...rest.flatMap(base128)];
  return tagged(0x06, Buffer.from(bytes));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280 4.1.2.5). Fractions of a second are cut off. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, "");
  return date.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2), "latin1"))
    : tagged(0x18, Buffer.from(digits, "latin1"));
}
