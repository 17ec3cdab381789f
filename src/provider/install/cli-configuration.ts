export interface CliConfigurationOptions {
  readonly mirror: string;
  /** host/namespace/type of what the mirror has. */
  readonly addresses: readonly string[];
  /** Whether every other provider comes from its registry. @default true */
  readonly direct?: boolean;
}

/**
 * Text for ~/.terraformrc, or a file that TF_CLI_CONFIG_FILE names: these providers come from the mirror.
 * https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation
 */
export function cliConfiguration({ mirror, addresses, direct = true }: CliConfigurationOptions): string {
  const names = addresses.map(quote).join(", ");
  return [
    "provider_installation {",
    "  filesystem_mirror {",
    `    path    = ${quote(mirror)}`,
    `    include = [${names}]`,
    "  }",
    ...(direct ? ["  direct {", `    exclude = [${names}]`, "  }"] : []),
    "}",
    "",
  ].join("\n");
}

/** A string of HCL, whose escapes are those of JSON but for its template marks. */
function quote(text: string): string {
  return JSON.stringify(text).replace(/[$%]\{/g, (mark) => mark[0] + mark);
}
