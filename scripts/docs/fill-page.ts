import { certificateSchema } from "../../src/provider/resources/certificate/schema";
import { dnsRecordSchema } from "../../src/provider/resources/dns-record/schema";
import { providerSchema } from "../../src/provider/resources/provider-schema";
import { rolloutSchema } from "../../src/provider/resources/rollout/schema";
import { alertProofsTable } from "./alert-proofs-table";
import { alertsTable } from "./alerts-table";
import { classDescription, propsTable } from "./props-table";
import { schemaTable } from "./schema-table";

const schemas: Readonly<Record<string, Parameters<typeof schemaTable>[0]>> = {
  provider: providerSchema.attributes,
  unexpired_certificate: certificateSchema.attributes,
  unexpired_dns_record: dnsRecordSchema.attributes,
  unexpired_rollout: rolloutSchema.attributes,
};

/** A comment that says what belongs after it, and the comment at the end of that. */
const place = /<!-- (table|file): (\S+)(?: (arguments|computed))? -->\n[^]*?<!-- \/\1 -->/g;

/** The same for what comes from the docstrings of a file in constructs/. */
const docstring = /<!-- (props|about): (\w+) in (\S+) -->\n[^]*?<!-- \/\1 -->/g;

/**
 * A page with what stands between such comments made anew: tables from the schemas, from docstrings and of alerts, JSON
 * files as they are. Files are named from docs/reference.
 */
export function fillPage(page: string, readFile: (name: string) => string): string {
  const described = page.replace(docstring, (_, what: "props" | "about", name: string, file: string) => {
    const source = readFile(`../../constructs/${file}.ts`);
    const text = what === "props" ? propsTable(source, name) : classDescription(source, name);
    return `<!-- ${what}: ${name} in ${file} -->\n\n${text}\n\n<!-- /${what} -->`;
  });
  return described.replace(
    place,
    (_, what: "table" | "file", name: string, kind: "arguments" | "computed" | undefined) => {
      const begin = ["<!--", `${what}:`, name, ...(kind ? [kind] : []), "-->"].join(" ");
      return `${begin}\n\n${what === "table" ? tableOf(name, readFile, kind) : "```json\n" + readFile(name) + "```"}\n\n<!-- /${what} -->`;
    },
  );
}

function tableOf(
  name: string,
  readFile: (name: string) => string,
  kind: "arguments" | "computed" = "arguments",
): string {
  if (name === "alerts") return alertsTable();
  if (name === "alert-proofs") return alertProofsTable(readFile);
  const attributes = schemas[name];
  if (attributes === undefined) throw new Error(`there is no schema ${name}`);
  return schemaTable(attributes, kind);
}
