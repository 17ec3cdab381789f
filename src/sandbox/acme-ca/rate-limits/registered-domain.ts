/** Suffixes of two labels under which people register names. The sandbox needs no more of the public suffix list. */
export const twoLabelSuffixes: ReadonlySet<string> = new Set(
  ["uk", "jp", "au", "nz", "za", "br"].flatMap((country) =>
    ["co", "ac", "gov", "org", "net", "com", "go", "or"].map((kind) => `${kind}.${country}`),
  ),
);

/** `example.gov` for `a.b.example.gov`, `example.co.uk` for `www.example.co.uk`. */
export function registeredDomain(name: string): string {
  const labels = name.replace(/^\*\./, "").split(".");
  const count = twoLabelSuffixes.has(labels.slice(-2).join(".")) ? 3 : 2;
  return labels.slice(-count).join(".");
}
