/**
 * Protocol Buffers (proto3) by table: the part that tfplugin6 needs, and little enough to load in a millisecond.
 * A message is described by its fields; the descriptions in `tfplugin6/` are both codec and TypeScript type.
 * Encoding rules: https://protobuf.dev/programming-guides/encoding
 */
import { AppError } from "../../platform/errors";
import { WireReader, WireWriter, WireType } from "./wire-format";

export interface Field<T> {
  readonly number: number;
  readonly wireType: WireType;
  write(writer: WireWriter, value: T): void;
  /** `previous` is what this field has read before in the same message, for repeated fields. */
  read(reader: WireReader, previous: T | undefined): T;
}

type Fields = Readonly<Record<string, Field<unknown>>>;

/** Every member is optional: absent ones are not written, and stay absent when read. */
export type MessageOf<M> = M extends Message<infer T> ? T : never;

type ValuesOf<F> = { readonly [K in keyof F]?: F[K] extends Field<infer T> ? T : never };

export class Message<T extends object> {
  private readonly byNumber: ReadonlyMap<number, readonly [string, Field<unknown>]>;

  constructor(fields: Fields) {
    this.byNumber = new Map(Object.entries(fields).map(([name, field]) => [field.number, [name, field]]));
  }

  encode(value: T): Uint8Array {
    const writer = new WireWriter();
    for (const [name, field] of this.byNumber.values()) {
      const member = (value as Readonly<Record<string, unknown>>)[name];
      if (member !== undefined) field.write(writer, member);
    }
    return writer.finish();
  }

  /** Fields that the table does not have are skipped: newer cores send more. */
  decode(bytes: Uint8Array): T {
    const reader = new WireReader(bytes);
    const result: Record<string, unknown> = {};
    while (!reader.done) {
      const { number, wireType } = reader.tag();
      const known = this.byNumber.get(number);
      if (known === undefined) {
        reader.skip(wireType);
        continue;
      }
      const [name, field] = known;
      if (field.wireType !== wireType)
        throw new AppError("provider_value", `field ${name} of a request has wire type ${wireType}`);
      result[name] = field.read(reader, result[name]);
    }
    return result as T;
  }
}

export function message<F extends Fields>(fields: F): Message<ValuesOf<F>> {
  return new Message(fields);
}

export function text(number: number): Field<string> {
  return {
    number,
    wireType: WireType.Bytes,
    write: (writer, value) => writer.bytes(number, Buffer.from(value, "utf8")),
    read: (reader) => reader.bytes().toString("utf8"),
  };
}

export function bytes(number: number): Field<Uint8Array> {
  return {
    number,
    wireType: WireType.Bytes,
    write: (writer, value) => writer.bytes(number, value),
    read: (reader) => reader.bytes(),
  };
}

export function bool(number: number): Field<boolean> {
  return {
    number,
    wireType: WireType.Varint,
    write: (writer, value) => writer.varint(number, value ? 1 : 0),
    read: (reader) => reader.varint() !== 0,
  };
}

/** int32, int64 and enums; refuses what a double cannot hold. */
export function integer(number: number): Field<number> {
  return {
    number,
    wireType: WireType.Varint,
    write: (writer, value) => writer.varint(number, value),
    read: (reader) => reader.varint(),
  };
}

/** A message inside a message; given as a function where messages refer to each other. */
export function embedded<T extends object>(number: number, type: () => Message<T>): Field<T> {
  return {
    number,
    wireType: WireType.Bytes,
    write: (writer, value) => writer.bytes(number, type().encode(value)),
    read: (reader) => type().decode(reader.bytes()),
  };
}

export function repeated<T>(field: Field<T>): Field<readonly T[]> {
  return {
    ...field,
    write: (writer, values) => values.forEach((value) => field.write(writer, value)),
    read: (reader, previous = []) => previous.concat(field.read(reader, undefined)),
  };
}

/** A map with string keys: on the wire a repeated message of key and value. */
export function mapOf<T extends object>(number: number, type: () => Message<T>): Field<Readonly<Record<string, T>>> {
  const entry = message({ key: text(1), value: embedded(2, type) });
  return {
    number,
    wireType: WireType.Bytes,
    write: (writer, values) => {
      for (const [key, value] of Object.entries(values)) writer.bytes(number, entry.encode({ key, value }));
    },
    read: (reader, previous = {}) => {
      const { key = "", value } = entry.decode(reader.bytes());
      return { ...previous, [key]: value ?? type().decode(new Uint8Array()) };
    },
  };
}
