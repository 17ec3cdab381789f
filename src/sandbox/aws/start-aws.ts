/**
 * The emulated AWS on a loopback port. One address serves every service; the credential scope of the signature tells
 * which one is meant. Start reading here; what an account holds is in `aws-account.ts`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { RequestGate } from "../request-gate";
import { AwsError } from "./aws-error";
import type { AwsAccount } from "./aws-account";
import { authenticate } from "./authenticate";
import { answerRequest } from "./answer-request";
import { RateLimits } from "./rate-limits";

export interface StartAwsOptions {
  readonly account: AwsAccount;
  readonly gate: RequestGate;
  /** @default an unused one */
  readonly port?: number;
}

export interface RunningAws {
  /** How the rates of AWS's APIs were used, and what was throttled, while `enforceRates` was on. */
  readonly rates: RateLimits;
  readonly endpointUrl: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Stops the API and the front ends. */
  close(): Promise<void>;
}

/** Bigger than the largest ImportCertificate in base64 (ACM API reference: a chain of 2 MiB). */
const largestBody = 4 * 1024 * 1024;

export async function startAws({ account, gate, port = 0 }: StartAwsOptions): Promise<RunningAws> {
  const rates = new RateLimits();
  const serve = async (message: IncomingMessage, response: ServerResponse) => {
    const octets = await read(message);
    const request = {
      method: message.method ?? "",
      url: message.url ?? "/",
      headers: flat(message),
      body: octets.toString("utf8"),
      octets,
    };
    const requestId = account.newId();
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const { verdict, status, headers, body } = await answerRequest(request, {
      caller: authenticate(request, account),
      account,
      gate,
      rates,
      requestId,
      gone: gone.signal,
    });
    if (verdict === "break-before" || verdict === "break-after") message.socket.destroy();
    else response.writeHead(status, headers).end(body);
  };
  // Node's own 5 s would close a connection just as a client that waited for DNS sends on it
  const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    serve(message, response).catch((error: unknown) => {
      const text = error instanceof AwsError ? error.message : "internal failure";
      response.writeHead(error instanceof AwsError ? error.status : 500).end(text);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const { accessKeyId, secretAccessKey } = account.createAccessKey("operator");
  return {
    rates,
    endpointUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: account.homeRegion,
    accessKeyId,
    secretAccessKey,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await account.close();
    },
  };
}

function flat(message: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, [value].flat().join(",")]));
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const octets = chunk as Buffer;
    size += octets.length;
    if (size > largestBody) throw new AwsError("RequestEntityTooLarge", "the request is too large", 413);
    chunks.push(octets);
  }
  return Buffer.concat(chunks);
}
