/**
 * Keeps the state of Terraform stacks in memory, with locks that outlive whoever took them, as terraform's `http` backend
 * asks for it (Terraform documentation, "Backend Type: http"): GET, POST and DELETE of the state; LOCK and UNLOCK with the
 * lock's information, 423 with that of the holder where another one has it.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface StateLock {
  readonly ID: string;
  /** `user@host`, as terraform writes it. */
  readonly Who?: string;
  readonly Operation?: string;
  /** RFC 3339. */
  readonly Created?: string;
}

export interface RunningStateServer {
  /** `address`, `lock_address` and `unlock_address` of the backend for a stack. */
  address(stack: string): string;
  lockOf(stack: string): StateLock | undefined;
  /** Lets somebody hold the lock who is not there to give it back. */
  lock(stack: string, lock: StateLock): void;
  close(): Promise<void>;
}

export async function startStateServer(): Promise<RunningStateServer> {
  const states = new Map<string, string>();
  const locks = new Map<string, StateLock>();
  const server = createServer((request, response) => void answer(request, response, { states, locks }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: (stack) => `http://127.0.0.1:${port}/${stack}`,
    lockOf: (stack) => locks.get(stack),
    lock: (stack, lock) => void locks.set(stack, lock),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface Kept {
  readonly states: Map<string, string>;
  readonly locks: Map<string, StateLock>;
}

async function answer(request: IncomingMessage, response: ServerResponse, { states, locks }: Kept): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
  const stack = pathname.slice(1);
  const body = await text(request);
  const holder = locks.get(stack);
  const send = (status: number, content = "") => void response.writeHead(status).end(content);
  switch (request.method) {
    case "LOCK":
      if (holder !== undefined) return send(423, JSON.stringify(holder));
      locks.set(stack, JSON.parse(body) as StateLock);
      return send(200);
    case "UNLOCK":
      // `terraform force-unlock` is another process than the one that locked, and sends no lock of its own
      if (holder !== undefined && body !== "" && (JSON.parse(body) as StateLock).ID !== holder.ID)
        return send(423, JSON.stringify(holder));
      locks.delete(stack);
      return send(200);
    case "POST":
      if (holder !== undefined && holder.ID !== searchParams.get("ID")) return send(423, JSON.stringify(holder));
      states.set(stack, body);
      return send(200);
    case "DELETE":
      states.delete(stack);
      return send(200);
    default:
      return states.has(stack) ? send(200, states.get(stack)) : send(404);
  }
}
