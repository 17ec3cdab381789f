/** Values of a resource or of the provider block, to and from the wire. */
import { AppError } from "../../platform/errors";
import type { Diagnostics } from "../schema/diagnostics";
import { formatPath } from "../wire/attribute-path";
import type { BlockType } from "../wire/block-type";
import { conformanceProblems, type ConformanceOptions } from "../wire/conformance";
import { decodeJson, decodeMsgpack } from "../wire/decode-value";
import { encodeMsgpack } from "../wire/encode-value";
import type { DynamicValue } from "../wire/tfplugin6/common";
import type { ObjectValue } from "../wire/value";

/** Null where core says that there is nothing. */
export function decodeValue(value: DynamicValue | undefined, block: BlockType): ObjectValue | null {
  if (value?.msgpack !== undefined && value.msgpack.length > 0) return decodeMsgpack(value.msgpack, block);
  if (value?.json !== undefined && value.json.length > 0) return decodeJson(value.json, block);
  return null;
}

/** For places where the protocol always has a value. */
export function decodePresent(value: DynamicValue | undefined, block: BlockType, name: string): ObjectValue {
  const decoded = decodeValue(value, block);
  if (decoded === null) throw new AppError("provider_value", `core sent no ${name}`);
  return decoded;
}

/** Trusts the value: use it for what core sent itself, or what `conforms` has passed. */
export function encodeValue(value: ObjectValue | null, block: BlockType): DynamicValue {
  return { msgpack: encodeMsgpack(value, block) };
}

/** Reports every place where a value of ours breaks its schema; a defect of the provider, so it says whose. */
export function conforms(
  value: ObjectValue,
  block: BlockType,
  subject: string,
  diagnostics: Diagnostics,
  options: ConformanceOptions,
): boolean {
  const problems = conformanceProblems(value, block, options);
  for (const { path, problem } of problems)
    diagnostics.error(`${subject}: ${formatPath(path) || "the whole value"} ${problem}`, {
      detail: "This is a defect of the provider: please report it.",
      path,
    });
  return problems.length === 0;
}
