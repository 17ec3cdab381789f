/** A block of Terraform configuration; values are expressions. */
export function block(header: string, values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(([name, text]) => `  ${name} = ${text}`);
  return `${header} {\n${lines.join("\n")}\n}\n`;
}
