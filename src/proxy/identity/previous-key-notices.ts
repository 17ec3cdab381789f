import type { Logger } from "../../platform/log";
import type { Principal } from "../policy/policy";

/** Says once per token that it is still used with a secret of the previous master key. */
export class PreviousKeyNotices {
  private readonly known = new Set<string>();

  constructor(private readonly logger: Logger) {}

  readonly note = ({ client, token }: Principal): void => {
    if (this.known.has(token)) return;
    this.known.add(token);
    this.logger.log("warn", "a client still signs with a secret of the previous master key", { client, token });
  };
}
