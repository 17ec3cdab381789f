import { lookup } from "node:dns/promises";
import { messageOf } from "../platform/errors";
import { addressesBy, type Address, type ConnectTo } from "./connect-to";

export interface AddressOptions {
  /** Where names really are, instead of asking DNS. @default nowhere else */
  readonly connectTo?: readonly ConnectTo[];
  /** Addresses of a name. @default the system's resolver */
  readonly resolve?: (name: string) => Promise<readonly string[]>;
}

/** Something that clients connect to. */
export interface Reachable {
  readonly hostName: string;
  /** By which clients know it beside that. */
  readonly names: readonly string[];
  readonly port: number;
}

/** Where something is to be found. A text says why it is nowhere. */
export async function addressesOf(
  { hostName, names, port }: Reachable,
  { connectTo = [], resolve = resolveBySystem }: AddressOptions,
): Promise<readonly Address[] | string> {
  const given = addressesBy(connectTo, [hostName, ...names], port);
  if (given) return given;
  try {
    const found = await resolve(hostName);
    return found.length === 0 ? `${hostName} has no address` : found.map((host) => ({ host, port }));
  } catch (error) {
    return `${hostName} cannot be resolved: ${messageOf(error)}`;
  }
}

async function resolveBySystem(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}
