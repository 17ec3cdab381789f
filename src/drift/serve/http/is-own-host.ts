import { isIP } from "node:net";

/**
 * Whether a request was meant for this server, by its Host header. A page of somebody else can make a browser call a name
 * of his that leads to our address, and would read our answers ("DNS rebinding"); it cannot make it say an address, since
 * those lead nowhere else.
 */
export function isOwnHost(header: string | undefined, names: readonly string[]): boolean {
  const [, bracketed, plain = ""] = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::\d{1,5})?$/i.exec(header ?? "") ?? [];
  if (bracketed !== undefined) return isIP(bracketed) === 6;
  const name = plain.toLowerCase().replace(/\.$/, "");
  return isIP(name) === 4 || name === "localhost" || names.some((own) => own.toLowerCase() === name);
}
