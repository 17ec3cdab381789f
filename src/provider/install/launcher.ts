import type { ProviderPackage } from "./provider-package";

/** The file terraform looks for. */
export function launcherName({ type, version }: ProviderPackage): string {
  return `terraform-provider-${type}_v${version}`;
}

/**
 * A shell script and not a script of node: terraform's environment may hold NODE_OPTIONS meant for another program
 * (a debugger, a test runner), which would end this one. `exec` keeps the process id, to which terraform sends signals.
 * Terraform names it by its whole path; to ask `dirname` would take another process, and a millisecond.
 *
 * Node reads NODE_EXTRA_CA_CERTS at each start; a plan has three, of which two or all connect to nothing. So the name is
 * handed on to platform/extra-authorities.ts. It stays with node where both variables are set, and where container
 * credentials come over https, which the AWS SDK fetches with node's own trust and no other.
 */
export function launcherText({ type }: ProviderPackage): string {
  return `#!/bin/sh
unset NODE_OPTIONS
case "$AWS_CONTAINER_CREDENTIALS_FULL_URI" in
https:*) ;;
*)
  if [ -n "$NODE_EXTRA_CA_CERTS" ] && [ -z "$UNEXPIRED_EXTRA_CA_CERTS" ]; then
    export UNEXPIRED_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"
    unset NODE_EXTRA_CA_CERTS
  fi
  ;;
esac
if ! command -v node >/dev/null 2>&1; then
  echo "terraform-provider-${type} needs Node.js 20.9 or later, and there is no 'node' on PATH" >&2
  exit 1
fi
exec node "\${0%/*}/provider.cjs"
`;
}
