import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import type { AppError } from "../platform/errors";
import { userFolders } from "../platform/user-folders";
import type * as Opening from "./open-ledger";
import { LedgerRecorder } from "./recorder";
import { whoRuns } from "./who-runs";

export interface UsualRecorderOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  /** With its version: `manage-certs 0.1.0`. */
  readonly program: string;
  readonly onFailure: (error: AppError) => void;
}

/** `UNEXPIRED_LEDGER`, else a file in the state folder. */
export function usualLedger({ environment, homeFolder }: Pick<UsualRecorderOptions, "environment" | "homeFolder">) {
  return environment.UNEXPIRED_LEDGER || join(userFolders(environment, homeFolder).state, "ledger.jsonl");
}

/**
 * Records into the usual ledger. Where nobody asked for one and the machine cannot lock files (macOS has no flock), there
 * is none. Nothing is loaded or opened before the first entry.
 */
export function usualRecorder({ program, onFailure, ...surroundings }: UsualRecorderOptions): LedgerRecorder {
  const { environment } = surroundings;
  const isAskedFor = Boolean(environment.UNEXPIRED_LEDGER);
  const actor = { ...usualActor(environment), program, run: randomUUID() };
  const open = () => {
    const { openLedger } = module.require("./open-ledger") as typeof Opening;
    return openLedger(usualLedger(surroundings));
  };
  return new LedgerRecorder(open, {
    actor,
    onFailure: (error) => {
      if (isAskedFor || error.code !== "missing_part") onFailure(error);
    },
  });
}

/** Who runs this program here. */
export function usualActor(environment: UsualRecorderOptions["environment"]): ReturnType<typeof whoRuns> {
  return whoRuns({ environment, user: userName(), host: hostname() });
}

/** A container may run as a user that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}
