/** The little XML that AWS's APIs use: elements and text. Attributes and namespaces are dropped, DTDs are refused. */
import { AwsError } from "./aws-error";

/** An element with only text is its text; children of one name are a list if there are several of them. */
export type XmlValue = string | XmlElement;
export interface XmlElement {
  readonly [name: string]: XmlValue | readonly XmlValue[];
}

interface OpenElement {
  readonly name: string;
  readonly children: [string, XmlValue][];
  text: string;
}

const token =
  /<\?[^]*?\?>|<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<(\/?)([\w.:-]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/gy;

/** The document's root element. Throws AwsError `MalformedXML`. */
export function parseXml(text: string): { readonly root: string; readonly value: XmlValue } {
  const stack: OpenElement[] = [{ name: "", children: [], text: "" }];
  const top = () => stack.at(-1) ?? malformed("an element is closed that was not opened");
  token.lastIndex = 0;
  const source = text.trim();
  while (token.lastIndex < source.length) {
    const found = token.exec(source) ?? malformed("it cannot be read");
    const [, cdata, slash, tag, , selfClosing, plain] = found;
    if (cdata !== undefined) top().text += cdata;
    else if (plain !== undefined) top().text += unescapeXml(plain);
    else if (tag !== undefined) {
      const name = tag.replace(/^.*:/, "");
      if (slash === "") stack.push({ name, children: [], text: "" });
      if (slash === "/" || selfClosing === "/") {
        const closed = stack.pop();
        if (closed?.name !== name) malformed(`</${name}> closes another element`);
        else top().children.push([name, valueOf(closed)]);
      }
    }
  }
  const [document, ...open] = stack;
  const [only, ...more] = document?.children ?? [];
  if (only === undefined || more.length > 0 || open.length > 0) return malformed("it is not one element");
  return { root: only[0], value: only[1] };
}

/** Repeated children of an element: the items of a list that has a name of its own. */
export function elements(parent: unknown, name: string): readonly XmlValue[] {
  if (typeof parent !== "object" || parent === null) return [];
  const value = (parent as XmlElement)[name];
  return value === undefined ? [] : [value].flat();
}

/** Members of an object as elements; a list becomes as many elements of its name. */
export function renderXml(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return escapeXml(String(value));
  return Object.entries(value)
    .filter(([, member]: [string, unknown]) => member !== undefined)
    .map(([name, member]: [string, unknown]) =>
      (Array.isArray(member) ? member : [member]).map((item: unknown) => wrap(name, renderXml(item))).join(""),
    )
    .join("");
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function wrap(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function valueOf({ children, text }: OpenElement): XmlValue {
  if (children.length === 0) return text;
  const value: Record<string, XmlValue | XmlValue[]> = {};
  for (const [name, child] of children) {
    const before = value[name];
    value[name] = before === undefined ? child : [before, child].flat();
  }
  return value;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return entities[name ?? ""] ?? whole;
  });
}

function malformed(why: string): never {
  throw new AwsError("MalformedXML", `the body is not XML: ${why}`);
}
