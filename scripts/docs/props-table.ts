import * as ts from "typescript";
import { table } from "./schema-table";

/** Members of an interface as rows of a Markdown table, from its docstrings; those it extends in the same file first. */
export function propsTable(source: string, name: string): string {
  const file = ts.createSourceFile("source.ts", source, ts.ScriptTarget.ES2022, true);
  const rows = membersOf(file, name).map((member) => [
    `\`${member.name.getText()}\``,
    member.type === undefined ? "" : `\`${member.type.getText().replace(/\s+/g, " ")}\``,
    defaultOf(member),
    aboutOf(member),
  ]);
  return table(["prop", "type", "default", "meaning"], rows);
}

/** The docstring of a class, and its example as code. */
export function classDescription(source: string, name: string): string {
  const file = ts.createSourceFile("source.ts", source, ts.ScriptTarget.ES2022, true);
  const found = file.statements.filter(ts.isClassDeclaration).find((each) => each.name?.text === name);
  if (found === undefined) throw new Error(`there is no class ${name}`);
  return [aboutOf(found, "\n"), ...examplesOf(found).map((code) => "```ts\n" + code + "\n```")].join("\n\n");
}

/** The code of all `@example` in a file. */
export function examplesIn(source: string): readonly string[] {
  const file = ts.createSourceFile("source.ts", source, ts.ScriptTarget.ES2022, true);
  return file.statements.flatMap(examplesOf);
}

function membersOf(file: ts.SourceFile, name: string): readonly ts.PropertySignature[] {
  const found = file.statements.filter(ts.isInterfaceDeclaration).find((each) => each.name.text === name);
  if (found === undefined) throw new Error(`there is no interface ${name}`);
  const bases =
    found.heritageClauses?.flatMap(({ types }) => types.map(({ expression }) => expression.getText())) ?? [];
  return [...found.members.filter(ts.isPropertySignature), ...bases.flatMap((base) => membersOf(file, base))];
}

function defaultOf(member: ts.PropertySignature): string {
  const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
  const text = ts.getTextOfJSDocComment(tag?.comment)?.replace(/\s+/g, " ");
  if (text !== undefined) return /^(?:"[^"]*"|\d+|true|false)$/.test(text) ? `\`${text}\`` : text;
  return member.questionToken === undefined ? "required" : "";
}

function aboutOf(node: ts.Node, lineEnd = " "): string {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(doc?.comment) ?? "";
  return lineEnd === "\n" ? text.trim() : text.replace(/\s+/g, " ").trim();
}

function examplesOf(node: ts.Node): readonly string[] {
  return ts
    .getJSDocTags(node)
    .filter(({ tagName }) => tagName.text === "example")
    .map(({ comment }) => (ts.getTextOfJSDocComment(comment) ?? "").trim());
}
