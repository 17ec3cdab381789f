import { mkdtempSync, rmdirSync } from "node:fs";
import type { AddressInfo, ListenOptions, Server } from "node:net";
import { join } from "node:path";
import type { Endpoint } from "./handshake";

/** sun_path holds 108 bytes with its end mark on Linux, 104 on macOS: the smaller one, everywhere. */
const longestSocketPath = 103;

export interface Listening {
  readonly endpoint: Endpoint;
  /** The socket's folder; undefined for TCP. To be removed at the end. */
  readonly folder?: string;
}

/**
 * Listens on a socket in a fresh folder that only this user may enter: in the first parent folder that exists and is
 * short enough, else on loopback TCP (also on Windows).
 */
export async function listen(
  server: Server,
  parents: readonly string[],
  platform: NodeJS.Platform,
): Promise<Listening> {
  for (const parent of platform === "win32" ? [] : parents) {
    const folder = makeFolder(parent);
    if (folder === undefined) continue;
    const path = join(folder, "s");
    if (Buffer.byteLength(path) <= longestSocketPath) {
      await start(server, { path });
      return { endpoint: { network: "unix", address: path }, folder };
    }
    rmdirSync(folder);
  }
  await start(server, { host: "127.0.0.1", port: 0 });
  return { endpoint: { network: "tcp", address: `127.0.0.1:${(server.address() as AddressInfo).port}` } };
}

/** Mode 0700 by mkdtemp; undefined where the parent cannot be used. Synchronous: a worker thread takes longer to start. */
function makeFolder(parent: string): string | undefined {
  try {
    return mkdtempSync(join(parent, "tf-"));
  } catch {
    return undefined;
  }
}

function start(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(options, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}
