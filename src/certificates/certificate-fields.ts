import { childrenOf, oidText, readDer } from "../platform/der-reader";

/** What node:crypto does not tell: the octets of the serial, and the extensions by identifier (RFC 5280 4.1). */
export function certificateFields(der: Buffer): { serialNumber: Buffer; extensions: ReadonlyMap<string, Buffer> } {
  const [toBeSigned] = childrenOf(readDer(der));
  const fields = toBeSigned === undefined ? [] : childrenOf(toBeSigned);
  const serialNumber = fields.find(({ tag }) => tag === 0x02)?.content ?? Buffer.alloc(0);
  const [list] = fields.filter(({ tag }) => tag === 0xa3).flatMap(childrenOf);
  return {
    serialNumber,
    extensions: new Map(
      (list === undefined ? [] : childrenOf(list)).flatMap((extension) => {
        const parts = childrenOf(extension);
        const [id, value] = [parts[0], parts.at(-1)];
        return id && value ? [[oidText(id), value.content] as const] : [];
      }),
    ),
  };
}
