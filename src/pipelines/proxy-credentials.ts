/** Shell lines that pipelines of several programs have in common. */

/**
 * Exchanges a token that says who the job is for credentials of akamai-dns-proxy, which live 15 minutes. `$ADP_HOST` is
 * its host, or host:port; `token` and `file` are words of the shell.
 */
export const askProxy = (token: string, file: string): string =>
  `curl -sSf -X POST -H "Authorization: Bearer ${token}" -H "Accept: text/plain" -o ${file} "https://$ADP_HOST/unexpired/v1/token"`;

/** GitHub's token for the proxy, in the shell variable `token` (GitHub, "About security hardening with OpenID Connect"). */
export const githubToken =
  'token=$(curl -sSf -H "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${ADP_HOST%:*}" | jq -r .value)';

/** Lines as they stand in a block of YAML or of Groovy. */
export const indented = (lines: readonly string[], columns: number): string =>
  lines.map((line) => (line === "" ? "" : `${" ".repeat(columns)}${line}`)).join("\n");
