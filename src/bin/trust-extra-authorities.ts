import { nameExtraAuthorities } from "../platform/extra-authorities";
import type { Logger } from "../platform/log";

/**
 * Names the extra authorities of this process's environment. Programs that we start, such as the `credential_process`
 * of an AWS profile, look for them under node's name, from which the provider's launcher has taken them.
 */
export function trustExtraAuthorities(logger: Logger): void {
  const { NODE_EXTRA_CA_CERTS: nodes, UNEXPIRED_EXTRA_CA_CERTS: ours } = process.env;
  nameExtraAuthorities(process.env, logger);
  if (!nodes && ours) process.env.NODE_EXTRA_CA_CERTS = ours;
}
