/** What came back on a socket, read strictly as HTTP/1.1 answers (RFC 9112 2.1 and 6.3). */
export interface WireAnswer {
  readonly status: number;
  readonly body: string;
}

/** Throws an Error where the octets are not a sequence of whole answers. */
export function readAnswers(octets: Buffer): WireAnswer[] {
  const answers: WireAnswer[] = [];
  let rest = octets;
  while (rest.length > 0) {
    const end = rest.indexOf("\r\n\r\n");
    if (end < 0) throw new Error(`not the head of an answer: ${JSON.stringify(rest.toString("latin1", 0, 200))}`);
    const [statusLine = "", ...fields] = rest.toString("latin1", 0, end).split("\r\n");
    const [, status] = /^HTTP\/1\.1 ([1-5]\d\d) [ -~]*$/.exec(statusLine) ?? [];
    const headers = fields.map((field) => /^([!#$%&'*+.^_`|~\w-]+): *([ -~]*)$/.exec(field));
    if (status === undefined || headers.includes(null))
      throw new Error(`not a head: ${JSON.stringify([statusLine, ...fields])}`);
    const valuesOf = (name: string) =>
      headers.flatMap((header) => (header?.[1]?.toLowerCase() === name ? header[2] : []));
    const [length = "0", ...more] = valuesOf("content-length");
    const isChunked = valuesOf("transfer-encoding").includes("chunked");
    if (more.length > 0 || !/^\d+$/.test(length)) throw new Error(`what length? ${JSON.stringify(fields)}`);
    const { body, next } = isChunked ? readChunks(rest, end + 4) : readFixed(rest, end + 4, Number(length));
    if (status !== "100") answers.push({ status: Number(status), body: body.toString("utf8") });
    rest = rest.subarray(next);
  }
  return answers;
}

function readFixed(octets: Buffer, at: number, length: number): { body: Buffer; next: number } {
  const body = octets.subarray(at, at + length);
  if (body.length < length) throw new Error(`a body of ${body.length} octets instead of ${length}`);
  return { body, next: at + length };
}

/** Without extensions and trailers: our server sends none. */
function readChunks(octets: Buffer, start: number): { body: Buffer; next: number } {
  const chunks: Buffer[] = [];
  for (let at = start; ;) {
    const [line, digits = ""] = /^([0-9a-f]+)\r\n/.exec(octets.toString("latin1", at, at + 20)) ?? [];
    if (line === undefined) throw new Error(`no chunk: ${JSON.stringify(octets.toString("latin1", at, at + 50))}`);
    const size = parseInt(digits, 16);
    const end = at + line.length + size;
    if (octets.toString("latin1", end, end + 2) !== "\r\n") throw new Error("a chunk has no end");
    chunks.push(octets.subarray(at + line.length, end));
    at = end + 2;
    if (size === 0) return { body: Buffer.concat(chunks), next: at };
  }
}
