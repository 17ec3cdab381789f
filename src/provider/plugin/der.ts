/** As much of DER (ITU-T X.690) as a certificate takes. */

const Tag = {
  Integer: 0x02,
  BitString: 0x03,
  OctetString: 0x04,
  Oid: 0x06,
  Utf8: 0x0c,
  Sequence: 0x30,
  Set: 0x31,
} as const;

export function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag), encodeLength(content.length), content]);
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  if (length < 0x100) return Buffer.of(0x81, length);
  return Buffer.of(0x82, length >> 8, length & 0xff);
}

export const sequence = (...items: readonly Uint8Array[]) => element(Tag.Sequence, ...items);
export const setOf = (...items: readonly Uint8Array[]) => element(Tag.Set, ...items);
export const integer = (bytes: Uint8Array) => element(Tag.Integer, bytes);
export const octetString = (bytes: Uint8Array) => element(Tag.OctetString, bytes);
export const utf8 = (text: string) => element(Tag.Utf8, Buffer.from(text, "utf8"));

export function bitString(bytes: Uint8Array, unusedBits = 0): Buffer {
  return element(Tag.BitString, Buffer.of(unusedBits), bytes);
}

/** From dotted numbers. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return element(Tag.Oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

/** UTCTime up to 2049, GeneralizedTime from 2050 on (RFC 5280, 4.1.2.5). */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/\D/g, "").slice(0, 14);
  return date.getUTCFullYear() < 2050
    ? element(0x17, Buffer.from(`${digits.slice(2)}Z`))
    : element(0x18, Buffer.from(`${digits}Z`));
}
