/** Reads reports for pipelines as their readers do: strictly, so that what is not well formed is an error. */
import { parsers } from "prettier/plugins/markdown";

export interface JunitResult {
  readonly name: string;
  readonly classname: string;
  readonly result: "passed" | "failure" | "error" | "skipped";
  /** Of one that did not pass. */
  readonly type?: string;
  readonly message?: string;
  readonly more?: string;
}

interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Cases of the one suite; its counts have to be true, and those of the whole are the same. */
export function readJunit(xml: string): { readonly suite: string; readonly cases: readonly JunitResult[] } {
  const root = readXml(xml);
  const [suite, ...others] = root.children;
  if (root.tag !== "testsuites" || suite?.tag !== "testsuite" || others.length > 0) throw new Error("not one suite");
  const cases = suite.children.map(toResult);
  const of = (result: JunitResult["result"]) => String(cases.filter((each) => each.result === result).length);
  const counts = { tests: String(cases.length), failures: of("failure"), errors: of("error"), skipped: of("skipped") };
  expect(root.attributes).toEqual(counts);
  expect(suite.attributes).toMatchObject(counts);
  return { suite: suite.attributes.name ?? "", cases };
}

function toResult({
  tag,
  attributes: { name = "", classname = "" },
  children: [outcome, ...more],
}: Element): JunitResult {
  if (tag !== "testcase" || more.length > 0) throw new Error(`${tag} ${name} is no test case with one outcome at most`);
  if (outcome === undefined) return { name, classname, result: "passed" };
  const { type, message } = outcome.attributes;
  const text = outcome.text === "" ? {} : { more: outcome.text };
  const result = outcome.tag as JunitResult["result"];
  return { name, classname, result, ...(type !== undefined && { type }), ...{ message }, ...text };
}

const token = /<\?xml [^?]*\?>\n|<(\/?)(\w+)((?: \w+="[^"<]*")*)(\/?)>|([^<]+)/gy;

function readXml(xml: string): Element {
  const open: Element[] = [{ tag: "", attributes: {}, children: [], text: "" }];
  for (token.lastIndex = 0; token.lastIndex < xml.length;) {
    const at = token.lastIndex;
    const found: readonly (string | undefined)[] = token.exec(xml) ?? fail(xml.slice(at, at + 60));
    const [, slash, tag, attributes = "", empty, text] = found;
    const top = open.at(-1) ?? fail("more is closed than was opened");
    if (text !== undefined) top.text += plain(text.trim());
    else if (slash === "/" && open.pop()?.tag !== tag) fail(`</${tag}> closes another element`);
    else if (tag !== undefined && slash === "") {
      const pairs = [...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(
        ([, key = "", value = ""]) => [key, plain(value)] as const,
      );
      const element: Element = { tag, attributes: Object.fromEntries<string>(pairs), children: [], text: "" };
      top.children.push(element);
      if (empty === "") open.push(element);
    }
  }
  const [document, ...left] = open;
  return (left.length === 0 ? document?.children[0] : undefined) ?? fail("it is not one whole element");
}

function fail(why: string): never {
  throw new Error(`not well-formed XML: ${why}`);
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(/&(\w*);?/g, (_, name: string) => entities[name] ?? fail(`&${name}`));
}

export interface MarkdownReport {
  readonly headings: readonly string[];
  /** Paragraphs and items of lists. */
  readonly lines: readonly string[];
  /** Rows of each table, its head among them. */
  readonly tables: readonly (readonly (readonly string[])[])[];
}

interface Node {
  readonly type: string;
  readonly value?: string;
  /** Of a link. */
  readonly url?: string;
  readonly children?: readonly Node[];
}

/** By GitHub's rules. Text that became markup by mistake is an error. */
export function readMarkdown(text: string): MarkdownReport {
  const { children = [] } = parsers.markdown.parse(text, { originalText: text } as never) as Node;
  const of = (type: string) => children.filter((node) => node.type === type);
  const cells = (row: Node) => (row.children ?? []).map(textOf);
  return {
    headings: of("heading").map(textOf),
    lines: children.flatMap((node) =>
      node.type === "paragraph" ? textOf(node) : node.type === "list" ? (node.children ?? []).map(textOf) : [],
    ),
    tables: of("table").map(({ children: rows = [] }) => rows.map(cells)),
  };
}

const blocks = ["heading", "paragraph", "listItem", "tableCell"];

function textOf({ type, value, url, children = [] }: Node): string {
  if (type === "text") return value ?? "";
  const text = children.map(textOf).join("");
  // GitHub makes a link of each bare address, which says what it is
  if (!blocks.includes(type) && !url?.endsWith(text)) throw new Error(`${type} in a text: ${value ?? text}`);
  return text;
}
