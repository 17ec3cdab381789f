import { canonicalRdata } from "../../dns/canonical-rdata";
import { txtText } from "../../dns/txt";

/** Types whose whole value is one domain name. */
const nameTypes = new Set(["CNAME", "DNAME", "NS", "PTR"]);

/**
 * What a policy's `values` pattern sees: of TXT the decoded value (never its quotes and escapes), of CNAME and the like
 * the name in lower case without a final dot, of everything else the canonical text. Text that cannot be decoded is
 * seen as it is, with its quotes, so that no pattern for plain values fits it.
 */
export function plainValue(type: string, rdata: string): string {
  if (type === "TXT" || type === "SPF") {
    try {
      return txtText(rdata);
    } catch {
      return rdata;
    }
  }
  const text = canonicalRdata(type, rdata);
  return nameTypes.has(type) ? text.replace(/\.$/, "") : text;
}
