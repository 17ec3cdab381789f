/** Every TypeScript example in README, docs and docstrings compiles, as the body of a stack's constructor. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import * as ts from "typescript";
import * as constructs from "../constructs";
import { examplesIn } from "../scripts/docs/props-table";

const root = resolve(__dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

const fences = ["README.md", ...filesIn("docs", ".md"), ...filesIn("examples", ".md")].flatMap((page) =>
  [...read(page).matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code = ""], index) => ({
    place: `${page} ${index}`,
    code,
  })),
);
const docstrings = filesIn("constructs", ".ts").flatMap((file) =>
  examplesIn(read(file)).map((code, index) => ({ place: `${file} ${index}`, code })),
);

/** What examples take for given. */
const given = `
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { TerraformStack } from "cdktf";
declare const certificate: ManagedCertificate;
declare const listener: LbListener;
declare const distribution: CloudfrontDistribution;
`;

/** A program around an example: its imports first, then the names it takes for given, then a stack with its text. */
function programOf(code: string): string {
  const imports = [...code.matchAll(/^import [^;]*;\n/gm)].map(([text]) =>
    text.replace('"unexpired"', '"../constructs"'),
  );
  const imported = new Set(imports.join("").match(/\w+/g));
  const ours = Object.keys(constructs).filter((name) => !imported.has(name));
  return `${imports.join("")}import { ${ours.join(", ")} } from "../constructs";${given}
export class Example extends TerraformStack {
  declare(): void {
    ${code.replace(/^import [^;]*;\n/gm, "")}
  }
}`;
}

test("the reference names everything that the library exports", () => {
  const page = read("docs/reference/constructs.md");
  const missing = Object.keys(constructs).filter((name) => !new RegExp(`(?:^#+ |\`)${name}\\b`, "m").test(page));
  expect(missing).toEqual([]);
});

test("there are examples", () => {
  expect(fences.length).toBeGreaterThan(5);
  expect(docstrings.length).toBeGreaterThan(5);
});

test("they compile", () => {
  const programs = new Map(
    [...fences, ...docstrings].map(({ place, code }, index) => [
      join(root, "test", `example-${index}.ts`),
      { place, text: programOf(code) },
    ]),
  );
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const settings = { ...options, incremental: false, tsBuildInfoFile: undefined, types: ["node"] };
  const host = ts.createCompilerHost(settings);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (file) => programs.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const example = programs.get(file);
    return example === undefined
      ? getSourceFile(file, ...rest)
      : ts.createSourceFile(file, example.text, ts.ScriptTarget.ES2022, true);
  };
  const program = ts.createProgram([...programs.keys()], settings, host);
  const mistakes = [...programs].flatMap(([file, { place }]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`),
  );
  expect(mistakes).toEqual([]);
});
