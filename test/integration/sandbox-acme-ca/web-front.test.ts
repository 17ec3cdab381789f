/** What the operations do not see: headers, nonces, the gate. */
import { Agent, request } from "undici";
import { calm } from "../../../src/sandbox/acme-ca/faults";
import { startAcmeCa, type AcmeCa } from "../../../src/sandbox/acme-ca/start-acme-ca";
import { RequestGate } from "../../../src/sandbox/request-gate";

let ca: AcmeCa;
let dispatcher: Agent;
const gate = new RequestGate();

beforeAll(async () => {
  ca = await startAcmeCa({ dnsServer: { host: "127.0.0.1", port: 9 }, faults: calm, gate });
  dispatcher = new Agent({ connect: { ca: ca.caPem } });
});

afterAll(async () => {
  await dispatcher.close();
  await ca.close();
});

const url = (path: string) => new URL(path, ca.directoryUrl).href;

async function send(method: "GET" | "HEAD" | "POST", target: string, body?: string) {
  const headers = { "content-type": "application/jose+json" };
  const answer = await request(target, { method, body, headers, dispatcher });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

async function newNonceUrl(): Promise<string> {
  return (JSON.parse((await send("GET", ca.directoryUrl)).text) as { newNonce: string }).newNonce;
}

test("newNonce gives a nonce, each time another, that no cache keeps", async () => {
  const target = await newNonceUrl();
  const answers = [await send("HEAD", target), await send("GET", target)];
  expect(answers.map(({ status, text }) => [status, text])).toEqual([
    [200, ""],
    [204, ""],
  ]);
  expect(new Set(answers.map(({ headers }) => headers["replay-nonce"])).size).toBe(2);
  expect(answers.every(({ headers }) => String(headers["cache-control"]).includes("no-store"))).toBe(true);
});

test("the directory has no nonce, every answer to a POST has one, problems too", async () => {
  expect((await send("GET", ca.directoryUrl)).headers["replay-nonce"]).toBeUndefined();
  const problem = await send("POST", url("/orders"), "not json");
  expect(problem.status).toBe(400);
  expect(problem.headers["replay-nonce"]).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(problem.headers["content-type"]).toBe("application/problem+json");
  expect(problem.headers.link).toBe(`<${ca.directoryUrl}>;rel="index"`);
});

test("a path that nothing answers is a problem, and in the history", async () => {
  expect((await send("GET", url("/acme/new-order"))).status).toBe(404);
  expect(gate.history.at(-1)).toEqual({ part: "acme", operation: "unknown", subject: undefined });
});

test("a body that is too long ends the connection", async () => {
  await expect(send("POST", url("/orders"), "x".repeat(100_000))).rejects.toThrow();
});

test("the gate breaks before, breaks after, and holds", async () => {
  const target = await newNonceUrl();
  gate.set({ part: "acme", operation: "newNonce", nth: 2, action: "break-before" });
  await send("HEAD", target);
  await expect(send("HEAD", target)).rejects.toThrow();
  gate.set({ part: "acme", operation: "newNonce", nth: 1, action: "break-after" });
  await expect(send("HEAD", target)).rejects.toThrow();
  const trap = gate.set({ part: "acme", operation: "newNonce", nth: 1, action: "hold" });
  const held = send("HEAD", target);
  expect(await trap.caught).toEqual({ part: "acme", operation: "newNonce", subject: undefined });
  trap.release();
  expect((await held).status).toBe(200);
});
