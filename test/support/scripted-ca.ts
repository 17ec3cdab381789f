/**
 * A CA for unit tests that answers each signed request with the next prepared answer. Directory and fresh nonces come by
 * themselves. No network: it stands where HttpClient would.
 */
import type { HttpSender } from "../../src/acme/connection";
import type { HttpRequest, HttpResponse } from "../../src/platform/http";

export interface ScriptedAnswer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is text. @default {} */
  readonly body?: unknown;
  /** Rejects instead. */
  readonly error?: Error;
  /** false leaves the Replay-Nonce away. @default true */
  readonly nonce?: boolean;
}

export interface SignedRequest {
  readonly url: string;
  readonly nonce: string;
  readonly protected: Readonly<Record<string, unknown>>;
  /** Undefined for POST-as-GET. */
  readonly payload: unknown;
}

export const scriptedDirectory = {
  newNonce: "https://ca.test/new-nonce",
  newAccount: "https://ca.test/new-account",
  newOrder: "https://ca.test/new-order",
  revokeCert: "https://ca.test/revoke",
  keyChange: "https://ca.test/key-change",
};

export class ScriptedCa implements HttpSender {
  readonly directoryUrl = "https://ca.test/directory";
  readonly signed: SignedRequest[] = [];
  readonly userAgents = new Set<string | undefined>();
  directoryReads = 0;
  freshNonces = 0;
  connectionsOpened = 0;
  private issuedNonces = 0;
  private readonly answers: ScriptedAnswer[];

  constructor(
    answers: readonly ScriptedAnswer[] = [],
    private readonly directory: object = scriptedDirectory,
  ) {
    this.answers = [...answers];
  }

  /** Prepared answers that nobody asked for; must be 0 at the end of a test. */
  get unused(): number {
    return this.answers.length;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    this.userAgents.add(request.headers?.["user-agent"]);
    if (request.url === this.directoryUrl) {
      this.directoryReads++;
      return { status: 200, headers: {}, body: JSON.stringify(this.directory) };
    }
    if (request.url === scriptedDirectory.newNonce) {
      this.freshNonces++;
      return { status: 204, headers: { "replay-nonce": `fresh${this.freshNonces}` }, body: "" };
    }
    if (request.method === "POST") this.signed.push(readSigned(request));
    const answer = this.answers.shift();
    if (answer === undefined) throw new Error(`no answer is prepared for ${request.method} ${request.url}`);
    if (answer.error !== undefined) throw answer.error;
    const nonce: Record<string, string> =
      answer.nonce === false ? {} : { "replay-nonce": `replay${++this.issuedNonces}` };
    const body = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body ?? {});
    return { status: answer.status ?? 200, headers: { ...nonce, ...answer.headers }, body };
  }

  async close(): Promise<void> {}
}

export function problem(type: string, status = 400, detail = `about ${type}`): ScriptedAnswer {
  return { status, body: { type: `urn:ietf:params:acme:error:${type}`, detail } };
}

export function orderAnswer(fields: object = {}): ScriptedAnswer {
  const identifiers = [{ type: "dns", value: "app.example.test" }];
  const order = {
    status: "pending",
    identifiers,
    authorizations: [],
    finalize: "https://ca.test/finalize/1",
    ...fields,
  };
  return { status: 201, headers: { location: "https://ca.test/order/1" }, body: order };
}

function readSigned(request: HttpRequest): SignedRequest {
  const jws = JSON.parse(String(request.body)) as { protected: string; payload: string };
  const decode = (text: string) => JSON.parse(Buffer.from(text, "base64url").toString()) as Record<string, unknown>;
  const header = decode(jws.protected);
  return {
    url: request.url,
    nonce: String(header.nonce),
    protected: header,
    payload: jws.payload === "" ? undefined : decode(jws.payload),
  };
}
