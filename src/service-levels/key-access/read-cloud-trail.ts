import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError, messageOf } from "../../platform/errors";
import { eventsIn, type CloudTrailEvent } from "./cloud-trail-event";

const unzip = promisify(gunzip);

/** As CloudTrail names what it delivers, and as people name lines of events. */
const delivered = /\.(json|jsonl|ndjson)(\.gz)?$/;

/**
 * Events of a file, of all files in a folder and below, or of standard input (`-`), such as what a queue gave. A file holds
 * one JSON value or one for each line, perhaps compressed. Errors: `missing_file`; `invalid_argument` for what is no JSON.
 */
export async function* readCloudTrail(path: string, input: Readable): AsyncGenerator<CloudTrailEvent> {
  if (path === "-") yield* await parsed(await buffer(input), "standard input");
  else for (const file of await filesAt(path)) yield* await parsed(await readOctets(file), file);
}

async function filesAt(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile() && delivered.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function readOctets(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** gzip begins with these two octets (RFC 1952, 2.3.1). */
const isZipped = (octets: Buffer) => octets[0] === 0x1f && octets[1] === 0x8b;

async function parsed(octets: Buffer, name: string): Promise<CloudTrailEvent[]> {
  try {
    const text = (isZipped(octets) ? await unzip(octets) : octets).toString("utf8");
    return valuesIn(text).flatMap(eventsIn);
  } catch (error) {
    throw new AppError("invalid_argument", `${name} holds no events of CloudTrail: ${messageOf(error)}`, {
      hint: "give the files as CloudTrail delivers them, or events as JSON, one for each line",
    });
  }
}

function valuesIn(text: string): unknown[] {
  try {
    return text.trim() === "" ? [] : [JSON.parse(text)];
  } catch (error) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    if (lines.length < 2) throw error;
    return lines.map((line): unknown => JSON.parse(line));
  }
}

function unreadable(path: string, error: unknown): AppError {
  return new AppError("missing_file", `cannot read events of CloudTrail: ${messageOf(error)}`, {
    cause: error,
    facts: { path },
  });
}
