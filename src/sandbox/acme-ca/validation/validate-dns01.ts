import { createHash } from "node:crypto";
import { problems } from "../problems";
import { DnsFailure, type DnsAnswers } from "./dns-answers";

/**
 * Looks for the value of a dns-01 challenge (RFC 8555 8.4). Throws dns if the look-up fails, unauthorized if the value
 * is not there: the types with which Let's Encrypt answers.
 */
export async function validateDns01(name: string, keyAuthorization: string, dns: DnsAnswers): Promise<void> {
  const identifier = { type: "dns", value: name };
  const owner = `_acme-challenge.${name}`;
  const expected = createHash("sha256").update(keyAuthorization).digest("base64url");
  const values = await dns.txt(owner).catch((error: unknown) => {
    throw error instanceof DnsFailure ? problems.dns(error.message, identifier) : error;
  });
  if (values.includes(expected)) return;
  const [first, ...more] = values;
  throw problems.unauthorized(
    first === undefined
      ? `no TXT record found at ${owner}`
      : `incorrect TXT record "${first}"${more.length > 0 ? ` (and ${more.length} more)` : ""} found at ${owner}`,
    identifier,
  );
}
