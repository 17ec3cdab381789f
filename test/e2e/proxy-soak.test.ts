/**
 * Two minutes of mixed load on a proxy process: what clients get is right, every request is on record exactly once, and
 * neither memory nor open files grow. SOAK_SECONDS asks for longer.
 */
import { readdirSync, readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { signEdgeGrid } from "../../src/akamai/edgegrid-sign";
import { calmEdgeDns } from "../../src/sandbox/edge-dns/edge-dns-faults";
import { ServedProxy } from "../real-clients/support/served-proxy";

const seconds = Number(process.env.SOAK_SECONDS ?? "120");
const requestsPerSecond = 200;
const clients = ["one", "two", "three"];
const zone = "example.test";
const Z = `/config-dns/v2/zones/${zone}`;
const foreign = String.raw`"v=spf1 a;b \"c\""`;

interface Served {
  readonly status: number;
  readonly requestId: string;
  readonly text: string;
}

let proxy: ServedProxy;
const agents = clients.map(() => new Agent({ keepAlive: true, maxSockets: 8 }));

beforeAll(async () => {
  const grants = clients.map(
    (client) => `  - { client: ${client}, zone: ${zone}, allow: acme-challenge, names: [${client}.${zone}, ${zone}] }`,
  );
  proxy = await ServedProxy.start({
    clients,
    grants: grants.join("\n"),
    zones: { [zone]: [{ name: `_acme-challenge.${zone}`, type: "TXT", ttlSeconds: 300, rdata: [foreign] }] },
    faults: calmEdgeDns,
  });
});

afterAll(async () => {
  for (const agent of agents) agent.destroy();
  await proxy.stop();
});

function send(index: number, method: string, target: string, body?: object, wrongly = false): Promise<Served> {
  const client = clients[index % clients.length] ?? "";
  const text = body === undefined ? undefined : JSON.stringify(body);
  const credentials = proxy.credentials(client);
  const signer = wrongly ? { ...credentials, clientSecret: "wrong" } : credentials;
  const authorization = signEdgeGrid(signer, { method, target, body: text });
  const [host = "", port = ""] = proxy.host.split(":");
  const headers = {
    host: proxy.host,
    authorization,
    ...(text !== undefined && { "content-type": "application/json" }),
  };
  return new Promise((resolve, reject) => {
    const agent = agents[index % agents.length];
    const asked = request({
      method,
      host,
      port,
      path: target,
      agent,
      ca: proxy.ca.caPem,
      servername: "localhost",
      headers,
    });
    asked.on("error", reject).on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk)).on("error", reject);
      response.on("end", () => {
        const requestId = String(response.headers["x-request-id"]);
        resolve({ status: response.statusCode ?? 0, requestId, text: Buffer.concat(chunks).toString() });
      });
    });
    asked.end(text);
  });
}

/** What the load is made of, by its number: mostly reads, some writes that come and go, some that are refused. */
async function step(
  number: number,
): Promise<Served & { readonly expected: readonly number[]; readonly signed: boolean }> {
  const client = clients[number % clients.length] ?? "";
  const name = number % 2 === 0 ? `_acme-challenge.${client}.${zone}` : `_acme-challenge.${zone}`;
  const target = `${Z}/names/${name}/types/TXT`;
  const value = String(Math.floor(number / 20) % 50).padStart(43, client.charAt(0));
  const body = { name, type: "TXT", ttl: 60, rdata: [`"${value}"`] };
  const of = async (expected: number[], sent: Promise<Served>, signed = true) => ({
    ...(await sent),
    expected,
    signed,
  });
  switch (number % 20) {
    case 0:
    case 1:
      return of([201], send(number, "POST", target, body));
    case 2:
    case 3:
      return of([200, 400], send(number, "PUT", target, body));
    case 4:
      return of([204, 403, 404], send(number, "DELETE", target));
    case 5:
      return of([200], send(number, "GET", `${Z}/recordsets?showAll=true`));
    case 6:
      return of([200], send(number, "GET", "/config-dns/v2/zones"));
    case 7:
      return of([403], send(number, "GET", `${Z}/names/www.${zone}/types/A`));
    case 8:
      return of([401], send(number, "GET", target, undefined, true), false);
    case 9:
      return of([404], send(number, "GET", "/config-dns/v2/zones/example.com"));
    default:
      return of([200, 404], send(number, "GET", target));
  }
}

/** Of the proxy's process. */
const residentMiB = () =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${proxy.pid}/status`, "utf8"))?.[1]) / 1024;
const openFiles = () => readdirSync(`/proc/${proxy.pid}/fd`).length;
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

test(
  `${seconds} seconds`,
  async () => {
    const served: Served[] = [];
    let signed = 0;
    const wrong: string[] = [];
    const memory: number[] = [];
    const files: number[] = [];
    for (let second = 0; second < seconds; second++) {
      const begin = performance.now();
      const answers = await Promise.all(
        Array.from({ length: requestsPerSecond }, (_, index) => step(second * requestsPerSecond + index)),
      );
      for (const { expected, signed: isSigned, ...answer } of answers) {
        if (!expected.includes(answer.status)) wrong.push(`${answer.status} ${answer.text}`);
        if (isSigned) served.push(answer);
        signed += Number(isSigned);
      }
      memory.push(residentMiB());
      files.push(openFiles());
      const rest = 1_000 - (performance.now() - begin);
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    }
    expect(wrong).toEqual([]);

    const judged = new Map<string, number>();
    for (const { event, requestId } of proxy.audit())
      if (event !== "write") judged.set(String(requestId), (judged.get(String(requestId)) ?? 0) + 1);
    expect(served.filter(({ requestId }) => judged.get(requestId) !== 1)).toEqual([]);
    expect(judged.size).toBe(signed);

    expect(proxy.store.recordSet(zone, `_acme-challenge.${zone}`, "TXT")?.rdata).toContain(foreign);
    const quarter = Math.floor(seconds / 4);
    const [early, late] = [memory.slice(quarter, 2 * quarter), memory.slice(-quarter)];
    expect(median(late)).toBeLessThan(median(early) * 1.15 + 16);
    expect(median(files.slice(-quarter))).toBeLessThanOrEqual(median(files.slice(quarter, 2 * quarter)) + 4);
  },
  (4 * seconds + 120) * 1_000,
);
