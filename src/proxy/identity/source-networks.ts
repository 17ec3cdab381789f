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

/** Networks, and the addresses that were looked up in them last: for each look-up Node makes objects that cost more. */
interface Networks {
  readonly list: BlockList;
  readonly answers: Map<string, boolean>;
}

const maxAnswers = 1_000;

/** Made once per list: the lists of a policy stay the same until it is read again. */
const networksOfLists = new WeakMap<readonly string[], Networks>();

/**
 * Whether an address is in one of the networks, a list that MUST NOT change. IPv4 in IPv6 clothes counts as IPv4 (RFC
 * 4291 2.5.5.2).
 */
export function isInNetworks(address: string, cidrs: readonly string[]): boolean {
  const { list, answers } = networksOf(cidrs);
  const known = answers.get(address);
  if (known !== undefined) return known;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  const answer = list.check(plain, isIPv4(plain) ? "ipv4" : "ipv6");
  if (answers.size >= maxAnswers) answers.clear();
  answers.set(address, answer);
  return answer;
}

function networksOf(cidrs: readonly string[]): Networks {
  const known = networksOfLists.get(cidrs);
  if (known !== undefined) return known;
  const list = new BlockList();
  for (const { address, prefix, family } of cidrs.map(parseCidr)) list.addSubnet(address, prefix, family);
  const made = { list, answers: new Map<string, boolean>() };
  networksOfLists.set(cidrs, made);
  return made;
}
