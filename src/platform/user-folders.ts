import { join } from "node:path";

/** Folders of ours in a user's home, none of them made yet (XDG Base Directory Specification 0.8). */
export interface UserFolders {
  /** What must survive: accounts. */
  readonly data: string;
  /** What was begun and is to be gone on with. `UNEXPIRED_STATE_DIR` moves it. */
  readonly state: string;
  /** What may be lost. */
  readonly cache: string;
}

export function userFolders(
  environment: Readonly<Record<string, string | undefined>>,
  homeFolder: string,
): UserFolders {
  const folder = (variable: string, fallback: string) =>
    join(environment[variable] || join(homeFolder, fallback), "unexpired");
  return {
    data: folder("XDG_DATA_HOME", ".local/share"),
    state: environment.UNEXPIRED_STATE_DIR || folder("XDG_STATE_HOME", ".local/state"),
    cache: folder("XDG_CACHE_HOME", ".cache"),
  };
}
