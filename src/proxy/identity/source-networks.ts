import { BlockList, isIP, isIPv4 } from "node:net";
import { AppError } from "../../platform/errors";

export interface Cidr {
  readonly address: string;
  readonly prefix: number;
  readonly family: "ipv4" | "ipv6";
}

/** Parses `10.1.0.0/16`, `2001:db8::/32`, or a single address. Errors: `invalid_argument`. */
export function parseCidr(text: string): Cidr {
  const [address = "", prefixText, ...rest] = text.split("/");
  const bits = isIP(address) === 4 ? 32 : 128;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  if (isIP(address) === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefixText ?? "0") || prefix > bits)
    throw new AppError("invalid_argument", `"${text}" is not a network like 10.1.0.0/16`);
  return { address, prefix, family: bits === 32 ? "ipv4" : "ipv6" };
}

/** Made once per list: the lists of a policy stay the same until it is read again. */
const listsOfNetworks = new WeakMap<readonly string[], BlockList>();

/**
 * Whether an address is in one of the networks, a list that MUST NOT change. IPv4 in IPv6 clothes counts as IPv4 (RFC
 * 4291 2.5.5.2).
 */
export function isInNetworks(address: string, cidrs: readonly string[]): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  return listOf(cidrs).check(plain, isIPv4(plain) ? "ipv4" : "ipv6");
}

function listOf(cidrs: readonly string[]): BlockList {
  const known = listsOfNetworks.get(cidrs);
  if (known !== undefined) return known;
  const list = new BlockList();
  for (const { address, prefix, family } of cidrs.map(parseCidr)) list.addSubnet(address, prefix, family);
  listsOfNetworks.set(cidrs, list);
  return list;
}
