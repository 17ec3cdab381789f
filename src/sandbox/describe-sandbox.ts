import type { ReadyFile } from "./ready-file";

/** A running sandbox for people: what is where, and what to paste into a shell that runs terraform. */
export function describeSandbox(ready: ReadyFile, readyFile: string): string {
  const { acme, dns, edgeDns, aws, loadBalancers, management } = ready;
  const places: readonly (readonly [string, string])[] = [
    ["ACME directory", acme.directoryUrl],
    ["  trust it by", acme.caFile],
    ["  its roots", acme.rootsFile],
    ["name servers", dns.nameServers.join(" ")],
    ["Edge DNS", edgeDns.host],
    ["  credentials", edgeDns.edgerc],
    ["  trust it by", edgeDns.caFile],
    ["AWS", aws.endpointUrl],
    ...loadBalancers.map(({ name, arn }) => [`  balancer ${name}`, arn] as const),
    ["management", management.url],
    ["ready file", readyFile],
  ];
  return [
    ...places.map(([name, value]) => `${name.padEnd(16)} ${value}`),
    "",
    "for terraform:",
    ...Object.entries(terraformEnvironment(ready)).map(([name, value]) => `  export ${name}=${shellWord(value)}`),
    "",
  ].join("\n");
}

/** What terraform, our provider and the stand-in for hashicorp/aws need, and nothing of the user's own account. */
export function terraformEnvironment({ aws, cliConfigFile, stateDir }: ReadyFile): Readonly<Record<string, string>> {
  return {
    TF_CLI_CONFIG_FILE: cliConfigFile,
    AWS_ENDPOINT_URL: aws.endpointUrl,
    AWS_REGION: aws.region,
    AWS_ACCESS_KEY_ID: aws.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
    UNEXPIRED_STATE_DIR: stateDir,
  };
}

function shellWord(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
