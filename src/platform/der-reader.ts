/** Reads DER as far as certificates and requests for them need it. Throws RangeError on anything malformed. */

export interface DerElement {
  readonly tag: number;
  /** Content octets. */
  readonly content: Buffer;
  /** Tag, length and content. */
  readonly whole: Buffer;
}

/** The single element that fills `bytes`. */
export function readDer(bytes: Buffer): DerElement {
  const element = readAt(bytes, 0);
  if (element.whole.length !== bytes.length) throw new RangeError("there are octets after the end");
  return element;
}

/** The elements inside a constructed one. */
export function childrenOf(element: DerElement): DerElement[] {
  const children: DerElement[] = [];
  for (let offset = 0; offset < element.content.length;) {
    const child = readAt(element.content, offset);
    children.push(child);
    offset += child.whole.length;
  }
  return children;
}

/** The dotted form of an OBJECT IDENTIFIER's content. */
export function oidText(element: DerElement): string {
  const arcs: number[] = [];
  let value = 0;
  for (const octet of element.content) {
    value = value * 128 + (octet & 0x7f);
    if (octet & 0x80) continue;
    arcs.push(value);
    value = 0;
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join(".");
}

function readAt(bytes: Buffer, offset: number): DerElement {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) throw new RangeError("the text ends too early");
  const sizeOctets = first < 0x80 ? 0 : first & 0x7f;
  if (sizeOctets > 3 || first === 0x80) throw new RangeError("the length is not one that DER allows here");
  const start = offset + 2 + sizeOctets;
  if (start > bytes.length) throw new RangeError("the text ends too early");
  const size = sizeOctets === 0 ? first : bytes.readUIntBE(offset + 2, sizeOctets);
  if (start + size > bytes.length) throw new RangeError("the text ends too early");
  return { tag, content: bytes.subarray(start, start + size), whole: bytes.subarray(offset, start + size) };
}
