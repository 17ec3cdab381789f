/**
 * The error diagnostics in what a command of terraform said, without the frames around them; each begins with its
 * summary. Lines are as terraform broke them.
 */
export function errorsIn(said: string): readonly string[] {
  return said
    .split(/^[╷╵].*$|^(?=[│| ]*(?:Error|Warning): )/m)
    .map((part) => part.replace(/^[│| ]*(?=Error: )/, ""))
    .filter((part) => part.startsWith("Error: "))
    .map((part) => part.slice("Error: ".length).replace(/^[│|] ?/gm, ""));
}
