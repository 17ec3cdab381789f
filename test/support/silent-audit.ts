import { chainStart } from "../../src/platform/hash-chain/chain-line";
import type { Audit } from "../../src/proxy/audit";

/** A trail that takes everything and keeps nothing. */
export const silentAudit: Audit = {
  write: async () => undefined,
  reopen: async () => undefined,
  head: () => chainStart,
  close: async () => undefined,
};
