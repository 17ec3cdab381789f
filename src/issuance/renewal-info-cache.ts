/**
 * Renewal information as last told by a CA, per certificate. Terraform drops what a refresh learns when nothing else
 * changed, so this keeps it for the next run. Public data, best effort: whatever goes wrong here only costs a request.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod/mini";

const shape = z.object({ start: z.coerce.date(), end: z.coerce.date(), askAgainAt: z.coerce.date() });

/** A window, and before when the CA is not to be asked again (RFC 9773 4.3). */
export type CachedRenewalInfo = z.infer<typeof shape>;

export class RenewalInfoCache {
  constructor(private readonly folder: string) {}

  async get(certId: string): Promise<CachedRenewalInfo | undefined> {
    try {
      return shape.parse(JSON.parse(await readFile(this.path(certId), "utf8")));
    } catch {
      return undefined;
    }
  }

  async put(certId: string, info: CachedRenewalInfo): Promise<void> {
    const path = this.path(certId);
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary, JSON.stringify(info));
      await rename(temporary, path);
    } catch {
      // The next run asks the CA again.
    }
  }

  /** The identifier holds base64url and a dot, and may be long: its hash is a safe file name. */
  private path(certId: string): string {
    return join(this.folder, "ari", `${createHash("sha256").update(certId).digest("hex").slice(0, 40)}.json`);
  }
}
