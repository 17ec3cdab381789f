/** Replays what a client was recorded to send (test/vectors/recorded-clients). */
import { readdirSync, readFileSync } from "node:fs";
import { Agent, request as httpsRequest } from "node:https";
import { join } from "node:path";
import { parse } from "yaml";
import type { EdgeGridCredentials } from "../../src/akamai/edgegrid-sign";
import { signPlainly, type NonceKind } from "./plain-edgegrid-signer";

type Headers = Readonly<Record<string, string | null>>;

/** As Edge DNS writes it. */
export interface RecordedSet {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly rdata: readonly string[];
}

export interface RecordedStep {
  /** Method and target. */
  readonly send: string;
  readonly headers?: Headers;
  readonly body?: string;
  readonly status: number;
  /** Fields that the client reads. */
  readonly answer?: Readonly<Record<string, unknown>>;
}

export interface RecordedSituation {
  readonly name: string;
  readonly standing?: readonly RecordedSet[];
  readonly left: readonly RecordedSet[];
  readonly steps: readonly RecordedStep[];
}

export interface RecordedClient {
  readonly client: string;
  readonly headers: Headers;
  readonly headersOfWrites?: Headers;
  readonly nonce: NonceKind;
  readonly keepsConnection: boolean;
  readonly lineEnds?: "CRLF";
  /** Lines of the policy. */
  readonly grants?: readonly unknown[];
  readonly situations: readonly RecordedSituation[];
}

export interface ReplayedAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: unknown;
}

const folder = join(__dirname, "../vectors/recorded-clients");

export function recordedClients(): RecordedClient[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  return files.map((file) => parse(readFileSync(join(folder, file), "utf8")) as RecordedClient);
}

/** Sends the steps one after the other. */
export async function replay(
  client: RecordedClient,
  steps: readonly RecordedStep[],
  credentials: EdgeGridCredentials,
  ca: string,
): Promise<ReplayedAnswer[]> {
  const agent = new Agent({ keepAlive: client.keepsConnection, maxSockets: 1, ca });
  const answers: ReplayedAnswer[] = [];
  for (const step of steps) answers.push(await send(client, step, credentials, agent));
  agent.destroy();
  return answers;
}

function send(
  client: RecordedClient,
  step: RecordedStep,
  credentials: EdgeGridCredentials,
  agent: Agent,
): Promise<ReplayedAnswer> {
  const [method = "", target = ""] = step.send.split(" ");
  const body = client.lineEnds === "CRLF" ? step.body?.replaceAll("\n", "\r\n") : step.body;
  const given: Headers = {
    ...client.headers,
    ...(body === undefined ? {} : client.headersOfWrites),
    ...step.headers,
    Host: credentials.host,
    Authorization: signPlainly(credentials, { method, target, body }, client.nonce),
  };
  const headers = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const [host, port] = credentials.host.split(":");
  return new Promise((resolve, reject) => {
    const request = httpsRequest({ method, host, port, path: target, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const { statusCode: status = 0, headers: answered } = response;
        resolve({ status, contentType: answered["content-type"], body: text === "" ? undefined : JSON.parse(text) });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}
