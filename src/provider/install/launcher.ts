import type { ProviderPackage } from "./provider-package";

/** The file terraform looks for. */
export function launcherName({ type, version }: ProviderPackage): string {
  return `terraform-provider-${type}_v${version}`;
}

/**
 * A shell script and not a script of node: terraform's environment may hold NODE_OPTIONS meant for another program
 * (a debugger, a test runner), which would end this one. `exec` keeps the process id, to which terraform sends signals.
 */
export function launcherText({ type }: ProviderPackage): string {
  return [
    "#!/bin/sh",
    "unset NODE_OPTIONS",
    "if ! command -v node >/dev/null 2>&1; then",
    `  echo "terraform-provider-${type} needs Node.js 20.9 or later, and there is no 'node' on PATH" >&2`,
    "  exit 1",
    "fi",
    'exec node "$(dirname "$0")/provider.cjs"',
    "",
  ].join("\n");
}
