import { open, readdir, readFile, stat, type FileHandle } from "node:fs/promises";
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

/** Files as they were when they were read: size and time of the last change, by path. */
export type KnownFiles = Map<string, string>;

export interface ReadOptions {
  /** What `-` stands for. */
  readonly input: Readable;
  /** Files that are as they were are not read again; those that were read are added. @default all are read */
  readonly known?: KnownFiles;
}

/**
 * Events of a file, of all files in a folder and below, or of standard input (`-`), such as what a queue gave. A file holds
 * one JSON value or one for each line, perhaps compressed. Lines of a file named so are read one after the other, however
 * many; the last one may be half-written. Errors: `missing_file`; `invalid_argument` for what is no JSON.
 */
export async function* readCloudTrail(path: string, { input, known }: ReadOptions): AsyncGenerator<CloudTrailEvent> {
  if (path === "-") return yield* await parsed(await buffer(input), "standard input");
  for (const file of await filesAt(path)) {
    const state = await stateOf(file);
    if (known?.get(file) === state) continue;
    if (/\.(jsonl|ndjson)$/.test(file)) yield* eventsOfLines(file);
    else yield* await parsed(await readOctets(file), file);
    known?.set(file, state);
  }
}

/** Asked before the file is read: what comes meanwhile makes it another. */
async function stateOf(file: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(file);
    return `${size} ${mtimeMs}`;
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function* eventsOfLines(path: string): AsyncGenerator<CloudTrailEvent> {
  const file = await open(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    let [count, broken]: [number, AppError | undefined] = [0, undefined];
    for await (const line of file.readLines({ autoClose: false })) {
      if (broken !== undefined) throw broken;
      if (line.trim() === "") continue;
      try {
        yield* eventsIn(JSON.parse(line));
        count++;
      } catch (error) {
        broken = noEvents(path, error);
      }
    }
    // somebody may be writing the last line
    if (broken !== undefined && (count === 0 || (await endsWithLine(file)))) throw broken;
  } finally {
    await file.close();
  }
}

async function endsWithLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  const { buffer: last } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return last.toString() === "\n";
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
    throw noEvents(name, error);
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

function noEvents(name: string, error: unknown): AppError {
  return new AppError("invalid_argument", `${name} holds no events of CloudTrail: ${messageOf(error)}`, {
    hint: "give the files as CloudTrail delivers them, or events as JSON, one for each line",
  });
}

function unreadable(path: string, error: unknown): AppError {
  return new AppError("missing_file", `cannot read events of CloudTrail: ${messageOf(error)}`, {
    cause: error,
    facts: { path },
  });
}
