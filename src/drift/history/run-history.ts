/**
 * What runs came to, on this machine: a folder for each, `drift/runs/<UTC time>-<id>/` in the state folder, with the run's
 * document (docs/reference/schemas/drift-run.schema.json) and its summary. A folder is there whole or not at all: it is
 * written under a name that nobody reads, and renamed. It holds what reports hold, so no value of a resource.
 */
import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../platform/clock";
import { AppError, messageOf } from "../../platform/errors";
import { readPrivateFile, syncFolderOf, writePrivateFile } from "../../platform/private-file";
import { toMarkdown } from "../report/markdown";
import { toRunDocument } from "../report/run-document";
import type { RunDocument } from "../report/run-document-shape";
import type { DriftRun } from "../run/run-stacks";

export interface KeptRun {
  /** Name of its folder, such as `20261122T061700.123Z-3f9a1c`; the order of names is that of time. */
  readonly id: string;
  readonly document: RunDocument;
}

const idPattern = /^\d{8}T\d{6}\.\d{3}Z-[0-9a-f]{6}$/;

/** Of a folder that a killed run left half-written; by then nobody writes it any more. */
const abandonedMs = 3600_000;

export class RunHistory {
  /** Where runs are. */
  readonly folder: string;

  constructor(
    stateFolder: string,
    private readonly clock: Clock,
  ) {
    this.folder = join(stateFolder, "drift", "runs");
  }

  /** Keeps a run, and of all runs so many at most. Resolves to its id. Errors: `store_unwritable`. */
  async write(run: DriftRun, most: number): Promise<string> {
    const id = `${run.startedAt.toISOString().replace(/[-:]/g, "")}-${randomBytes(3).toString("hex")}`;
    const [unread, folder] = [join(this.folder, `.${id}`), join(this.folder, id)];
    try {
      await mkdir(unread, { recursive: true, mode: 0o700 });
      await writePrivateFile(join(unread, "run.json"), `${JSON.stringify(toRunDocument(run), undefined, 2)}\n`);
      await writePrivateFile(join(unread, "summary.md"), toMarkdown(run));
      await rename(unread, folder);
      await syncFolderOf(folder);
      await this.dropOld(most);
    } catch (error) {
      // where that fails as well, a later run does it
      await rm(unread, { recursive: true, force: true }).catch(() => undefined);
      throw new AppError("store_unwritable", `the run is not kept in ${this.folder}: ${messageOf(error)}`, {
        hint: "check that the folder is yours and not full; UNEXPIRED_STATE_DIR names another one",
        cause: error,
      });
    }
    return id;
  }

  /** Ids of runs, latest first. Errors: `store_unreadable`. */
  async list(): Promise<string[]> {
    const names = await this.names();
    return names
      .filter((name) => idPattern.test(name))
      .sort()
      .reverse();
  }

  /** Undefined if there is none. Errors: `store_unreadable`. */
  async latest(): Promise<KeptRun | undefined> {
    for await (const run of this.runs()) return run;
    return undefined;
  }

  /** Errors: `run_not_found`; `store_unreadable`. */
  async read(id: string): Promise<KeptRun> {
    const run = await this.readIfThere(id);
    if (run !== undefined) return run;
    throw new AppError("run_not_found", `there is no run ${id}`, { hint: `runs are kept in ${this.folder}` });
  }

  /** All of them, latest first, each read when it is asked for. Errors: `store_unreadable`. */
  async *runs(): AsyncGenerator<KeptRun> {
    for (const id of await this.list()) {
      // another process may have dropped it by now
      const run = await this.readIfThere(id);
      if (run !== undefined) yield run;
    }
  }

  private async readIfThere(id: string): Promise<KeptRun | undefined> {
    if (!idPattern.test(id)) return undefined;
    const file = join(this.folder, id, "run.json");
    const text = await readPrivateFile(file);
    if (text === undefined) return undefined;
    const unreadable = (why: string, cause?: unknown) =>
      new AppError("store_unreadable", `cannot read ${file}: ${why}`, {
        hint: "remove its folder, or read it with the version of unexpired that wrote it",
        cause,
      });
    try {
      const document = JSON.parse(text) as RunDocument;
      if (document.version === 1) return { id, document };
    } catch (error) {
      throw unreadable(messageOf(error), error);
    }
    throw unreadable("it is not of version 1");
  }

  private async dropOld(most: number): Promise<void> {
    for (const id of (await this.list()).slice(most)) {
      const unread = join(this.folder, `.${id}`);
      await rename(join(this.folder, id), unread).catch(unlessGone);
      await rm(unread, { recursive: true, force: true });
    }
    for (const name of (await this.names()).filter((each) => each.startsWith("."))) {
      const folder = join(this.folder, name);
      const changed = await stat(folder).catch(unlessGone);
      if (changed !== undefined && this.clock.now().getTime() - changed.mtimeMs > abandonedMs)
        await rm(folder, { recursive: true, force: true });
    }
  }

  private async names(): Promise<string[]> {
    try {
      return await readdir(this.folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw new AppError("store_unreadable", `cannot read ${this.folder}: ${messageOf(error)}`, { cause: error });
    }
  }
}

/** Another process was faster. */
function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
