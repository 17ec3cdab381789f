import type { HttpClient, HttpRequest, HttpResponse } from "../../../src/platform/http";

export type PreparedAnswer = Partial<HttpResponse> | Error;

/** Answers requests in order and keeps them. `unused` must be empty at the end of a test. */
export class PreparedHttp {
  readonly sent: HttpRequest[] = [];
  readonly unused: PreparedAnswer[];

  constructor(...answers: PreparedAnswer[]) {
    this.unused = [...answers];
  }

  get client(): HttpClient {
    return this as unknown as HttpClient;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    this.sent.push(request);
    const answer = this.unused.shift();
    if (answer === undefined) throw new Error(`no answer prepared for ${request.method} ${request.url}`);
    if (answer instanceof Error) throw answer;
    return { status: 200, headers: {}, body: "", ...answer };
  }
}
