/** What a path answers a GET with. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** Of pages: what they may load and run. */
  readonly contentPolicy?: string;
}

/** Paths, each exactly as it stands there. */
export type Routes = Readonly<Record<string, (query: URLSearchParams) => Promise<Answer>>>;

export function textAnswer(status: number, text: string, contentType = "text/plain; charset=utf-8"): Answer {
  return { status, contentType, text };
}

export function jsonAnswer(status: number, body: unknown): Answer {
  return textAnswer(status, `${JSON.stringify(body)}\n`, "application/json");
}
