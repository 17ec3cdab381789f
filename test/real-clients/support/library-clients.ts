/** Akamai's own libraries, unmodified: what they answer a script with. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { join } from "node:path";
import EdgeGrid from "akamai-edgegrid";
import type { EdgeGridCredentials } from "../../../src/akamai/edgegrid-sign";

export type LibraryRequest = readonly [method: string, path: string, body?: unknown];

export interface LibraryAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: unknown;
}

/** Sends requests one after the other. */
export type LibraryClient = (
  credentials: EdgeGridCredentials,
  caFile: string,
  requests: readonly LibraryRequest[],
) => Promise<LibraryAnswer[]>;

/** Debian's python3-edgegrid belongs to Debian's own Python, which need not be the first on the path. */
export const pythonEdgeGrid: LibraryClient = async (credentials, caFile, requests) => {
  const child = spawn("/usr/bin/python3", [join(__dirname, "python-edgegrid.py")], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { PATH: process.env.PATH, REQUESTS_CA_BUNDLE: caFile },
  });
  child.stdin.end(
    JSON.stringify({ credentials, requests: requests.map(([method, path, body = null]) => [method, path, body]) }),
  );
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const status = await new Promise((done) => child.once("close", done));
  if (status !== 0) throw new Error(`python3 ended with ${String(status)}`);
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as LibraryAnswer);
};

interface NodeResponse {
  readonly status: number;
  readonly headers: object;
  readonly data: unknown;
}

/** npm's akamai-edgegrid: errors carry the answer, too. */
export const nodeEdgeGrid: LibraryClient = async (credentials, caFile, requests) => {
  const { clientToken, clientSecret, accessToken, host } = credentials;
  const httpsAgent = new Agent({ ca: readFileSync(caFile, "utf8"), keepAlive: true });
  const answers: LibraryAnswer[] = [];
  for (const [method, path, body] of requests) {
    const client = new EdgeGrid(clientToken, clientSecret, accessToken, host);
    client.auth({ path, method, headers: {}, body, httpsAgent });
    const response = await new Promise<NodeResponse>((resolve, reject) =>
      client.send((error: { response?: NodeResponse } | null, good?: NodeResponse) => {
        const answer = good ?? error?.response;
        if (answer === undefined) reject(new Error("no answer", { cause: error }));
        else resolve(answer);
      }),
    );
    const { status, headers, data } = response;
    answers.push({ status, contentType: contentTypeOf(headers), body: data === "" ? null : data });
  }
  httpsAgent.destroy();
  return answers;
};

function contentTypeOf(headers: object): string | null {
  const { "content-type": value } = headers as { "content-type"?: unknown };
  return typeof value === "string" ? value : null;
}
