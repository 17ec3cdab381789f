import { isIP } from "node:net";
import { AppError } from "../platform/errors";

/** An address with a port: `192.0.2.1:53` or `[2001:db8::1]:53`. */
export type ServerAddress = string;

/** Errors: `invalid_config`. */
export function checkServerAddress(address: ServerAddress): void {
  const match = /^(?:\[([0-9a-f:]+)\]|([0-9.]+))(?::(\d{1,5}))?$/i.exec(address);
  const valid = match !== null && isIP(match[1] ?? match[2] ?? "") !== 0 && Number(match[3] ?? 53) <= 65_535;
  if (!valid)
    throw new AppError("invalid_config", `name server "${address}" is not an address`, {
      hint: "write 192.0.2.1:53 or [2001:db8::1]:53",
    });
}
