/** In a file of cron a percent sign is a line break, so there is none. */
export const cronFile = `# /etc/cron.d/drift-check
# On a machine with Node 20.9, Terraform 1.11 and git, or later. The user drift-check has a checkout in /srv/infra, a role
# of AWS by the machine's instance profile, and the credentials of akamai-dns-proxy or Edge DNS in ~/.edgerc. What it
# printed comes by mail when there is something to do: an exit code other than 0. A plan that waits for an approval is
# approved there, with the command that the report shows.
SHELL=/bin/sh
PATH=/usr/local/bin:/usr/bin:/bin
MAILTO=certificates@example.gov
17 */6 * * * drift-check cd /srv/infra && { git pull --quiet --ff-only && npm ci --silent && npx unexpired provider install && npx drift-check run --apply --json drift-run.json --metrics drift-check.prom; } > drift-check.log 2>&1 || cat drift-check.log
`;
