/**
 * What the expressions of a configuration refer to (Terraform, "JSON Output Format", configuration representation): how
 * resources of one plan belong together whose values are known after apply only.
 */
import { list, record, text, type Values } from "./values";

/** By attribute, those of blocks included: addresses, without keys of instances, of what its expression names. */
export type References = Readonly<Record<string, readonly string[]>>;

/** By address, without keys of instances. What stands behind a local value, a variable or an output is not followed. */
export function referencesIn(configuration: unknown): ReadonlyMap<string, References> {
  const found = new Map<string, References>();
  addModule(record(record(configuration).root_module), "", found);
  return found;
}

/** `module.a.aws_lb.it[0]` → `module.a.aws_lb.it` */
export function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}

function addModule({ resources, module_calls: calls }: Values, prefix: string, found: Map<string, References>): void {
  for (const each of list(resources)) {
    const { address, expressions } = record(each);
    found.set(`${prefix}${text(address)}`, Object.fromEntries(referencesOf(record(expressions), prefix)));
  }
  for (const [name, call] of Object.entries(record(calls)))
    addModule(record(record(call).module), `${prefix}module.${name}.`, found);
}

/** An expression has references, a block its own expressions. */
function referencesOf(expressions: Values, prefix: string): [string, string[]][] {
  return Object.entries(expressions).flatMap(([name, value]): [string, string[]][] => {
    if (Array.isArray(value)) return value.flatMap((block) => referencesOf(record(block), prefix));
    const names = list(record(value).references).map(text);
    return names.length === 0 ? [] : [[name, [...new Set(names.flatMap((each) => resourceIn(each, prefix)))]]];
  });
}

/** `aws_acm_certificate.it.arn` → `aws_acm_certificate.it` */
function resourceIn(reference: string, prefix: string): string[] {
  const [type, name] = withoutKeys(reference).split(".");
  return name === undefined || type === "module" || type === "data" ? [] : [`${prefix}${type}.${name}`];
}
