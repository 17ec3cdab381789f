/**
 * Shell lines of the pipelines that `drift-check init` writes. No secret is stored anywhere: the platform's OpenID Connect
 * token is exchanged for a role of AWS and for short-lived credentials of akamai-dns-proxy. Exit code 3, a plan that waits
 * for an approval, is no failure: the report says it, and a job that somebody starts approves it.
 */
import { askProxy } from "../../pipelines/proxy-credentials";

/** Whatever has to be there before stacks can be planned. */
export const install = ["npm ci", "npx unexpired provider install"] as const;

export const credentials = (token: string): readonly string[] => ["umask 077", askProxy(token, "~/.edgerc")];

export const run = (summary: string): string =>
  `npx drift-check run --apply --json drift-run.json --junit drift-check.xml --summary ${summary}`;

export const approve = (summary: string): string =>
  `npx drift-check approve "$STACK" --checksum "$CHECKSUM" --json drift-run.json --junit drift-check.xml --summary ${summary}`;

/**
 * What drift-check knows is kept from run to run by the platform's cache, which others may read: plans that wait for an
 * approval hold secrets and stay out of it. Another runner plans again, and applies only the plan that was approved.
 */
export const dropPlans = 'find "$UNEXPIRED_STATE_DIR" -type d -name pending -prune -exec rm -rf {} +';

export const terraformVersion = "1.11.4";
