/** Names as Route 53 takes and shows them (Route 53 developer guide, "DNS domain name format"). */

/** With final dot, in lower case; all but letters, digits, hyphen and underscore escaped in octal: `\052` is `*`. */
export function toRoute53Name(name: string): string {
  const dotted = toPlainName(name);
  return `${dotted.replace(/[^a-z0-9_.-]/g, (sign) => `\\${sign.charCodeAt(0).toString(8).padStart(3, "0")}`)}.`;
}

/** As the rest of the sandbox writes names: without escapes and final dot, in lower case. */
export function toPlainName(name: string): string {
  const plain = name.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)));
  return plain.toLowerCase().replace(/\.$/, "");
}

/** Order of lists: by label, the last one first (Route 53 API reference, ListResourceRecordSets). */
export function reversedLabels(name: string): string {
  return toRoute53Name(name).split(".").reverse().join(".");
}
