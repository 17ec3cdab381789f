/** Concise Binary Object Representation (RFC 8949), as far as AWS's APIs use it: no big numbers, text keys, one tag. */

/** Values as JSON has them, and dates: tag 1, seconds since 1970. */
export function encodeCbor(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.from([0xf6]);
  if (typeof value === "boolean") return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Date) return Buffer.concat([head(6, 1), encodeFloat(value.getTime() / 1000)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(encodeCbor)]);
  const members = Object.entries(value).filter(([, member]: [string, unknown]) => member !== undefined);
  return Buffer.concat([
    head(5, members.length),
    ...members.flatMap(([name, member]: [string, unknown]) => [encodeCbor(name), encodeCbor(member)]),
  ]);
}

/** Throws RangeError or TypeError for octets that are none. */
export function decodeCbor(octets: Uint8Array): unknown {
  const reader = new Reader(Buffer.from(octets));
  const value = reader.value();
  if (value === breakCode || !reader.isAtEnd) throw new TypeError("there is more than one value");
  return value;
}

function encodeNumber(value: number): Buffer {
  if (!Number.isSafeInteger(value)) return encodeFloat(value);
  return value >= 0 ? head(0, value) : head(1, -1 - value);
}

function encodeFloat(value: number): Buffer {
  const octets = Buffer.alloc(9, 0xfb);
  octets.writeDoubleBE(value, 1);
  return octets;
}

/** Major type and its argument, in the shortest form (RFC 8949 3). */
function head(major: number, argument: number): Buffer {
  const first = major << 5;
  if (argument < 24) return Buffer.from([first | argument]);
  if (argument < 0x100) return Buffer.from([first | 24, argument]);
  if (argument < 0x10000) return Buffer.from([first | 25, argument >> 8, argument & 0xff]);
  const octets = Buffer.alloc(argument < 0x1_0000_0000 ? 5 : 9);
  octets[0] = first | (octets.length === 5 ? 26 : 27);
  if (octets.length === 5) octets.writeUInt32BE(argument, 1);
  else octets.writeBigUInt64BE(BigInt(argument), 1);
  return octets;
}

/** Ends what has no length of its own (RFC 8949 3.2). */
const breakCode = Symbol("break");

class Reader {
  private at = 0;

  constructor(private readonly octets: Buffer) {}

  get isAtEnd(): boolean {
    return this.at === this.octets.length;
  }

  value(): unknown {
    const initial = this.octets.readUInt8(this.at++);
    const major = initial >> 5;
    const info = initial & 0x1f;
    if (major === 7) return this.simple(info);
    const isIndefinite = info === 31;
    const argument = isIndefinite ? Infinity : this.argument(info);
    switch (major) {
      case 0:
        return argument;
      case 1:
        return -1 - argument;
      case 2:
        return isIndefinite ? Buffer.concat(this.list(Infinity) as Buffer[]) : this.take(argument);
      case 3:
        return isIndefinite ? this.list(Infinity).join("") : this.take(argument).toString("utf8");
      case 4:
        return this.list(argument);
      case 5:
        return this.map(argument);
      default:
        return argument === 1 ? new Date(Number(this.value()) * 1000) : this.value();
    }
  }

  private argument(info: number): number {
    if (info < 24) return info;
    const length = 2 ** (info - 24);
    if (length > 8) throw new TypeError(`${info} is not a length`);
    const octets = this.take(length);
    return length === 8 ? Number(octets.readBigUInt64BE()) : octets.readUIntBE(0, length);
  }

  private simple(info: number): unknown {
    const constants: Readonly<Record<number, unknown>> = { 20: false, 21: true, 22: null, 23: null, 31: breakCode };
    if (info in constants) return constants[info];
    if (info === 25) return halfFloat(this.take(2).readUInt16BE());
    if (info === 26) return this.take(4).readFloatBE();
    if (info === 27) return this.take(8).readDoubleBE();
    throw new TypeError(`there is no simple value ${info}`);
  }

  private list(count: number): unknown[] {
    const items: unknown[] = [];
    while (items.length < count) {
      const item = this.value();
      if (item === breakCode) break;
      items.push(item);
    }
    return items;
  }

  private map(count: number): Readonly<Record<string, unknown>> {
    const entries: [string, unknown][] = [];
    while (entries.length < count) {
      const name = this.value();
      if (name === breakCode) break;
      entries.push([String(name), this.value()]);
    }
    return Object.fromEntries(entries);
  }

  private take(length: number): Buffer {
    if (length > this.octets.length - this.at) throw new RangeError("the octets end too early");
    this.at += length;
    return this.octets.subarray(this.at - length, this.at);
  }
}

/** RFC 8949, Appendix D. */
function halfFloat(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (fraction + 1024) * 2 ** (exponent - 25);
}
