/**
 * Certificates that are to be revoked once their successor is proved. An import under the same ARN overwrites what was
 * there, so the leaf is kept here before: a run that dies in between is finished by the next one, and nothing that was
 * replaced but not revoked is forgotten. Entries hold no secret.
 */
import { createHash } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { revocationReasons, type RevocationReason } from "../acme/revocation-reason";
import { readPrivateFile, writePrivateFile } from "../platform/private-file";

const entryShape = z.object({
  version: z.literal(1),
  arn: z.string(),
  reason: z.enum(Object.keys(revocationReasons) as [RevocationReason, ...RevocationReason[]]),
  begunAt: z.string(),
  /** PEM of the leaf. */
  leaf: z.string(),
  /** PEM of what follows it in the chain; "" where nothing did. */
  chain: z.string(),
});

/** What is to be revoked, under which ARN it was served, and why. */
export type BegunRevocation = Omit<z.infer<typeof entryShape>, "version">;

export class RevocationJournal {
  constructor(private readonly folder: string) {}

  /** Keeps it, synced to disk; the same one again replaces what was kept. Errors: `store_unwritable`. */
  async begin(begun: BegunRevocation): Promise<void> {
    await writePrivateFile(this.pathOf(begun), JSON.stringify({ version: 1, ...begun }, undefined, 2) + "\n");
  }

  /** Everything that is still to be done, the oldest first. Errors: `store_unreadable`. */
  async list(): Promise<BegunRevocation[]> {
    const texts = await Promise.all((await this.paths()).map(readPrivateFile));
    const entries = texts.flatMap((text) => (text === undefined ? [] : (parse(text) ?? [])));
    return entries.sort((one, other) => one.begunAt.localeCompare(other.begunAt));
  }

  /** To be called when it is revoked, or was never replaced. */
  async end(begun: Pick<BegunRevocation, "arn" | "leaf">): Promise<void> {
    await rm(this.pathOf(begun), { force: true });
  }

  /** One file for each certificate and ARN: a certificate may be imported in several regions. */
  private pathOf({ arn, leaf }: Pick<BegunRevocation, "arn" | "leaf">): string {
    return join(this.folder, `${createHash("sha256").update(`${arn}\n${leaf}`).digest("hex")}.json`);
  }

  private async paths(): Promise<string[]> {
    try {
      const names = await readdir(this.folder);
      return names.filter((name) => name.endsWith(".json")).map((name) => join(this.folder, name));
    } catch {
      return [];
    }
  }
}

function parse(text: string): BegunRevocation | undefined {
  try {
    const { version: _, ...begun } = entryShape.parse(JSON.parse(text));
    return begun;
  } catch {
    return undefined;
  }
}
