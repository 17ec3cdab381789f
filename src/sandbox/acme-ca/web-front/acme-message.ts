/** What operations get and give: the HTTP of RFC 8555 without the sockets. */

export interface AcmeRequest {
  readonly method: string;
  /** Absolute, as the client must have signed it. */
  readonly url: string;
  /** The parts of the path that stand for something. */
  readonly parameters: readonly string[];
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
  /** Of the client. */
  readonly address: string;
}

export interface AcmeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** An object goes out as JSON, a text as it is; nothing for an empty body. */
  readonly body?: object | string;
}
