import type { Clock } from "../../platform/clock";
import type { Coordination } from "./coordination";
import { LocalMemoryStore } from "./local-memory-store";
import { LocalReplayKeys } from "./local-replay-keys";
import { LocalZoneLocks } from "./local-zone-locks";

/** For a proxy that is alone. */
export function localCoordination(clock?: Clock): Coordination {
  return {
    zones: new LocalZoneLocks(),
    replays: new LocalReplayKeys(clock),
    memories: new LocalMemoryStore(clock),
    check: async () => undefined,
    close: async () => undefined,
  };
}
