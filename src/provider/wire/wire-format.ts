/** The bytes of Protocol Buffers: tags, variable-length integers and length-delimited fields. */
import { AppError } from "../../platform/errors";

/** https://protobuf.dev/programming-guides/encoding/#structure */
export const WireType = { Varint: 0, Fixed64: 1, Bytes: 2, Fixed32: 5 } as const;
export type WireType = (typeof WireType)[keyof typeof WireType];

export class WireWriter {
  private readonly chunks: Uint8Array[] = [];

  varint(field: number, value: number): void {
    this.chunks.push(encodeVarint(field * 8 + WireType.Varint), encodeVarint(value));
  }

  bytes(field: number, value: Uint8Array): void {
    this.chunks.push(encodeVarint(field * 8 + WireType.Bytes), encodeVarint(value.length), value);
  }

  finish(): Uint8Array {
    return Buffer.concat(this.chunks);
  }
}

function encodeVarint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value)) throw new AppError("internal", `${value} is not an integer for the wire`);
  if (value >= 0 && value < 0x80) return Uint8Array.of(value);
  const encoded: number[] = [];
  // negative numbers are written as 64-bit two's complement
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 0x80n; rest >>= 7n) encoded.push(Number(rest & 0x7fn) | 0x80);
  encoded.push(Number(rest));
  return Uint8Array.from(encoded);
}

export class WireReader {
  private readonly buffer: Buffer;
  private position = 0;

  constructor(source: Uint8Array) {
    this.buffer = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  }

  get done(): boolean {
    return this.position >= this.buffer.length;
  }

  tag(): { readonly number: number; readonly wireType: number } {
    const tag = this.varint();
    const number = Math.floor(tag / 8);
    if (number < 1) throw malformed("field number 0");
    return { number, wireType: tag % 8 };
  }

  varint(): number {
    const first = this.buffer[this.position];
    if (first !== undefined && first < 0x80) {
      this.position++;
      return first;
    }
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.buffer[this.position++];
      if (byte === undefined) throw malformed("ends inside a number");
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        const number = Number(BigInt.asIntN(64, value));
        if (!Number.isSafeInteger(number)) throw malformed("holds an integer above 2^53");
        return number;
      }
    }
    throw malformed("has a number of more than ten bytes");
  }

  bytes(): Buffer {
    const length = this.varint();
    if (length < 0 || this.position + length > this.buffer.length) throw malformed("ends inside a field");
    this.position += length;
    return this.buffer.subarray(this.position - length, this.position);
  }

  skip(wireType: number): void {
    if (wireType === WireType.Bytes) this.bytes();
    else if (wireType === WireType.Varint) this.skipVarint();
    else if (wireType === WireType.Fixed64) this.advance(8);
    else if (wireType === WireType.Fixed32) this.advance(4);
    else throw malformed(`has wire type ${wireType}`);
  }

  private skipVarint(): void {
    for (let count = 0; count < 10; count++) {
      const byte = this.buffer[this.position++];
      if (byte === undefined) throw malformed("ends inside a number");
      if (byte < 0x80) return;
    }
    throw malformed("has a number of more than ten bytes");
  }

  private advance(count: number): void {
    this.position += count;
    if (this.position > this.buffer.length) throw malformed("ends inside a field");
  }
}

function malformed(problem: string): AppError {
  return new AppError("provider_value", `protobuf message ${problem}`);
}
