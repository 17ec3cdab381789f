import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { z } from "zod";
import { addAudit } from "../../../src/bin/akamai-dns-proxy/audit";
import { addCheck } from "../../../src/bin/akamai-dns-proxy/check";
import { addExplain } from "../../../src/bin/akamai-dns-proxy/explain";
import { addTest } from "../../../src/bin/akamai-dns-proxy/test";
import { CommandManners } from "../../../src/bin/command-manners";
import { addApprove } from "../../../src/bin/drift-check/approve";
import { addExplain as addExplainStack } from "../../../src/bin/drift-check/explain";
import { addRun } from "../../../src/bin/drift-check/run";
import { addStatus } from "../../../src/bin/drift-check/status";
import { addAttach } from "../../../src/bin/manage-certs/attach";
import { addIssue } from "../../../src/bin/manage-certs/issue";
import { addRenew } from "../../../src/bin/manage-certs/renew";
import { addRevoke } from "../../../src/bin/manage-certs/revoke";
import { addScan } from "../../../src/bin/manage-certs/scan";
import { addVerify } from "../../../src/bin/manage-certs/verify";
import { addDrill } from "../../../src/bin/unexpired/drill";
import { addLedger } from "../../../src/bin/unexpired/ledger";
import { addPolicy } from "../../../src/bin/unexpired/policy";
import { addProvider } from "../../../src/bin/unexpired/provider";
import { addServiceLevels } from "../../../src/bin/unexpired/service-levels";
import { publishedForms } from "../../support/published-forms";

const docs = join(__dirname, "../../../docs");
const schemas = join(docs, "reference/schemas");
const schemaNames = readdirSync(schemas).map((file) => file.replace(".schema.json", ""));

test("every schema is that of a form, and every form has a schema", () => {
  expect(schemaNames.sort()).toEqual(Object.keys(publishedForms).sort());
});

test.each(Object.entries(publishedForms))("docs/reference/schemas/%s.schema.json is that form", (name, shape) => {
  expect(JSON.parse(readFileSync(join(schemas, `${name}.schema.json`), "utf8"))).toEqual(z.toJSONSchema(shape));
});

const manners = new CommandManners("a test");
const programs: Readonly<Record<string, readonly ((program: Command, manners: CommandManners) => void)[]>> = {
  "akamai-dns-proxy": [addAudit, addCheck, addExplain, addTest],
  "drift-check": [addApprove, addExplainStack, addRun, addStatus],
  "manage-certs": [addAttach, addIssue, addRenew, addRevoke, addScan, addVerify],
  unexpired: [addDrill, addLedger, addPolicy, addProvider, addServiceLevels],
};

const all = ({ commands, ...command }: Command): Command[] => [command as Command, ...commands.flatMap(all)];

test.each(Object.entries(programs))(
  "%s: help and reference name the schema of everything with --json",
  (name, adds) => {
    const program = new Command(name);
    for (const add of adds) add(program, manners);
    const options = all(program).flatMap((command) => command.options.filter(({ long }) => long === "--json"));
    expect(options.length).toBeGreaterThan(3);
    const named = options.map(
      ({ description }) => /docs\/(reference\/schemas\/[\w-]+\.schema\.json)$/.exec(description)?.[1],
    );
    expect(named).not.toContain(undefined);
    const pages = readdirSync(join(docs, "reference")).filter((file) => file.endsWith(".md"));
    const text = pages.map((file) => readFileSync(join(docs, "reference", file), "utf8")).join("\n");
    expect(named.filter((file = "") => !existsSync(join(docs, file)))).toEqual([]);
    expect(named.filter((file = "") => !text.includes(`](${file.replace("reference/", "")})`))).toEqual([]);
  },
);
