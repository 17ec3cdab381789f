import { AwsError } from "../aws-error";
import type { Input } from "../input";

/** 256 KiB, names, types and values of attributes counted (SNS developer guide, "Message attributes"). */
const mostBytes = 262_144;

export interface Message {
  readonly subject?: string;
  readonly body: string;
  /** By name, `{DataType, StringValue}`. */
  readonly attributes: Input;
}

/**
 * SNS API reference, Publish: a message must be there and is at most 256 KiB; a subject is ASCII text that begins with a
 * letter, a digit or punctuation, has no control characters, and is less than 100 characters long.
 */
export function checkMessage({ subject, body, attributes }: Message): void {
  if (body === "") refuse("Empty message");
  const sizes = [body, ...Object.entries(attributes).flatMap(([name, value]) => [name, ...textsOf(value)])];
  if (sizes.reduce((sum, each) => sum + Buffer.byteLength(each), 0) > mostBytes) refuse("Message too long");
  if (subject !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,98}$/.test(subject)) refuse("Subject");
}

function textsOf(attribute: unknown): string[] {
  const members = typeof attribute === "object" && attribute !== null ? Object.values(attribute) : [];
  return members.filter((member): member is string => typeof member === "string");
}

function refuse(what: string): never {
  throw new AwsError("InvalidParameter", `Invalid parameter: ${what}`);
}
