/**
 * Of the caller's environment what decides how long node takes to start: with NODE_EXTRA_CA_CERTS it reads and parses that
 * file each time. NODE_OPTIONS is left out on both sides, as the launcher leaves it out.
 */
export function callersNode(): Readonly<Record<string, string>> {
  const { NODE_EXTRA_CA_CERTS: file } = process.env;
  return file === undefined ? {} : { NODE_EXTRA_CA_CERTS: file };
}

/** A machine where nobody set that variable. */
export const bareNode: Readonly<Record<string, string>> = {};
