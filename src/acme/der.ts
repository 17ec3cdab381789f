/** Just enough DER (X.690) to write a certificate request. */

/** Tags of X.690 8 that a request is made of. */
const tag = { integer: 0x02, bitString: 0x03, octetString: 0x04, objectIdentifier: 0x06, sequence: 0x30, set: 0x31 };

export function derSequence(...parts: readonly Buffer[]): Buffer {
  return derElement(tag.sequence, ...parts);
}

/** A set of one element; more would have to be sorted (X.690 11.6). */
export function derSetOfOne(part: Buffer): Buffer {
  return derElement(tag.set, part);
}

/** 0 to 127. */
export function derSmallInteger(value: number): Buffer {
  return derElement(tag.integer, Buffer.of(value));
}

export function derOctetString(content: Buffer): Buffer {
  return derElement(tag.octetString, content);
}

/** Whole octets, no unused bits. */
export function derBitString(content: Buffer): Buffer {
  return derElement(tag.bitString, Buffer.of(0), content);
}

/** From dotted text: "2.5.29.17". */
export function derObjectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return derElement(tag.objectIdentifier, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** Context-specific tag `[number]`. */
export function derContext(number: number, kind: "primitive" | "constructed", content: Buffer): Buffer {
  return derElement(0x80 | (kind === "constructed" ? 0x20 : 0) | number, content);
}

function derElement(identifier: number, ...parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([identifier, ...lengthOctets(length)]), ...parts]);
}

/** X.690 8.1.3: short form below 128, else the number of octets and the octets. */
function lengthOctets(length: number): number[] {
  if (length < 128) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}

function base128(value: number): number[] {
  const octets = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) octets.unshift(0x80 | (rest % 128));
  return octets;
}
