import { join } from "node:path";
import { readPrivateFile, writePrivateFile } from "../../platform/private-file";
import type { ToolVersions } from "../guards/guard";

/** What a stack was planned with when its plan was last empty or applied; kept in the stack's folder of ours. */
export class KnownVersions {
  private readonly file: string;

  constructor(folder: string) {
    this.file = join(folder, "versions.json");
  }

  /** Undefined if nothing is known, or nothing that can be read: then the next run knows. Errors: `store_unreadable`. */
  async read(): Promise<ToolVersions | undefined> {
    const text = await readPrivateFile(this.file);
    try {
      const { terraform, providers } = JSON.parse(text ?? "null") as ToolVersions;
      return typeof terraform === "string" && typeof providers === "object" ? { terraform, providers } : undefined;
    } catch {
      return undefined;
    }
  }

  async write(versions: ToolVersions): Promise<void> {
    await writePrivateFile(this.file, `${JSON.stringify(versions)}\n`);
  }
}
