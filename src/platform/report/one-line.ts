/** A text of somebody else's as one line of a terminal or a log: nobody forges a further line, or colours, with it. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
}
