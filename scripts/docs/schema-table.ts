import type { Attributes, AttributeType, ValueType } from "../../src/provider/wire/block-type";

/** Attributes of a schema as rows of a Markdown table, members of objects included; ours (`computed`) or the user's. */
export function schemaTable(attributes: Attributes, kind: "arguments" | "computed"): string {
  const rows = Object.entries(attributes)
    .filter(([, attribute]) => (attribute.mode === "computed") === (kind === "computed"))
    .flatMap(([name, attribute]) => rowsOf(name, attribute));
  return kind === "arguments"
    ? table(["argument", "type", "use", "meaning"], rows)
    : table(
        ["attribute", "type", "meaning"],
        rows.map(([name, type, , meaning]) => [name, type, meaning]),
      );
}

type Row = readonly [name: string, type: string, use: string, meaning: string];

function rowsOf(name: string, attribute: AttributeType<ValueType>): Row[] {
  const { type, description = "" } = attribute;
  const inner = type.kind === "list" || type.kind === "set" || type.kind === "map" ? type.element : type;
  const own: Row = [`\`${name}\``, typeName(type), useOf(attribute), description + valuesOf(type)];
  if (inner.kind !== "object") return [own];
  const path = inner === type ? name : `${name}[]`;
  const members = Object.entries(inner.attributes).flatMap(([member, each]) => rowsOf(`${path}.${member}`, each));
  return [own, ...members];
}

function useOf({ mode, default: fallback, requiresReplace }: AttributeType<ValueType>): string {
  const use = {
    required: "required",
    optional: "optional",
    defaulted: `default \`${typeof fallback === "string" ? fallback : JSON.stringify(fallback)}\``,
    computed: "",
    optionalComputed: "optional",
    writeOnly: "optional, write-only",
    requiredWriteOnly: "required, write-only",
  }[mode];
  return use + (requiresReplace === true ? "; a change replaces" : "");
}

function typeName(type: ValueType): string {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return `${type.kind} of ${typeName(type.element)}s`;
    case "string":
    case "number":
    case "bool":
    case "object":
      return type.kind;
  }
}

function valuesOf(type: ValueType): string {
  if (type.kind !== "string" || type.values === undefined) return "";
  return `; one of ${type.values.map((value) => `\`${value}\``).join(", ")}`;
}

/** Columns as wide as their widest cell, which is how prettier leaves a table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")))];
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const [first = [], ...rest] = cells;
  return [line(first), line(widths.map((width) => "-".repeat(width))), ...rest.map(line)].join("\n");
}
