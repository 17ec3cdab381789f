import { createHash } from "node:crypto";
import { join } from "node:path";
import { createPrivateFile, readPrivateFile, writePrivateFile } from "../platform/private-file";
import type { AccountStore } from "./account-store";

/**
 * Keeps the account in a file (0600) in `folder` (0700), one per directory URL: its host for people, a hash of the
 * whole URL for the difference between, say, production and staging. Safe among processes of one machine.
 */
export function fileAccountStore(folder: string, directoryUrl: string): AccountStore {
  const hash = createHash("sha256").update(directoryUrl).digest("hex").slice(0, 16);
  const path = join(folder, `${new URL(directoryUrl).hostname.replace(/[^a-z0-9.-]/g, "_")}-${hash}.json`);
  return {
    place: path,
    get: () => readPrivateFile(path),
    createIfAbsent: (text) => createPrivateFile(path, text),
    replace: (text) => writePrivateFile(path, text),
  };
}
