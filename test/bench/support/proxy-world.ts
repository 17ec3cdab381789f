/**
 * One record set behind three proxies: ours, nginx and bare Node, each with TLS, on the measured core, and with the same
 * upstream, which is nginx with an answer ready. Only the one that is measured works; the others wait.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { signEdgeGrid } from "../../../src/akamai/edgegrid-sign";
import { deriveCredentials, newClientToken, parseMasterKey } from "../../../src/proxy/identity/client-secret";
import { createThrowawayCa } from "../../../src/sandbox/throwaway-tls";
import { cores, freePort, startPinned, type ServerCommand } from "./pinned-server";
import { loadByWrk, type LoadResult } from "./wrk";

export interface ProxyWorld {
  /** Loads one of the proxies with GETs of the record set, newly signed. */
  readonly load: (proxy: ProxyName) => Promise<LoadResult>;
}

export type ProxyName = "akamaiDnsProxy" | "nginx" | "node";

const connections = 32;
const seconds = 4;
const target = "/config-dns/v2/zones/example.gov/names/_acme-challenge.app.example.gov/types/TXT";
const recordSet = `{"name":"_acme-challenge.app.example.gov","type":"TXT","ttl":60,"rdata":["\\"${"x".repeat(43)}\\""]}`;
const masterKey = "a master key of the bench, long enough for anybody";
const programs = resolve(__dirname, "../../../dist/src/bin");

/** Runs `use` with everything started, and removes it. */
export async function withProxies<T>(use: (world: ProxyWorld) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "unexpired-bench-"));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const stops: (() => Promise<void>)[] = [];
  const start = async (command: ServerCommand) => stops.push(await startPinned(command));
  const port = {
    upstream: await freePort(),
    akamaiDnsProxy: await freePort(),
    nginx: await freePort(),
    node: await freePort(),
  };
  const token = newClientToken();
  try {
    const { certPem, keyPem } = await (await createThrowawayCa()).issue(["127.0.0.1"]);
    const certificate = file("tls.pem", certPem);
    const key = file("tls.key", keyPem);
    const nginx = (conf: string) => ["nginx", "-e", "stderr", "-p", folder, "-c", conf] as const;
    const upstream = file("upstream.conf", nginxConfiguration("upstream", upstreamServer(port.upstream)));
    await start({ command: nginx(upstream), port: port.upstream, core: cores.surroundings });
    const front = file("nginx.conf", nginxConfiguration("nginx", frontServer(port.nginx, port.upstream)));
    await start({ command: nginx(front), port: port.nginx, core: cores.measured });
    const bare = ["--require", require.resolve("ts-node/register"), join(__dirname, "bare-node-proxy.ts")];
    await start({
      command: [process.execPath, ...bare, certificate, key, String(port.node), `http://127.0.0.1:${port.upstream}`],
      port: port.node,
      core: cores.measured,
    });
    file(".edgerc", edgerc(port.upstream));
    const policy = file("adp.yaml", policyFile(port.akamaiDnsProxy, token));
    await start({
      command: [process.execPath, join(programs, "akamai-dns-proxy.js"), "serve", policy],
      port: port.akamaiDnsProxy,
      core: cores.measured,
      environment: { ADP_MASTER_KEY: masterKey },
    });
    return await use({
      load: (proxy) => {
        const authorizations = signedHeaders(`127.0.0.1:${port[proxy]}`, token);
        return loadByWrk({ port: port[proxy], target, authorizations, connections, seconds, folder });
      },
    });
  } finally {
    for (const stop of stops) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As many as go round in less than a blink, so that no request is like the one before it. */
function signedHeaders(host: string, token: string): string[] {
  const credentials = { ...deriveCredentials(parseMasterKey(masterKey, "the bench"), token), host };
  return Array.from({ length: 256 }, () => signEdgeGrid(credentials, { method: "GET", target }));
}

function nginxConfiguration(name: string, server: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (use) => `${use}_temp_path ${name}-${use};`,
  );
  return `
daemon off;
worker_processes 1;
pid ${name}.pid;
events { worker_connections 1024; }
http {
  ${temporary.join(" ")}
  access_log off;
  keepalive_requests 100000000;
  ${server}
}
`;
}

function upstreamServer(port: number): string {
  return `server {
    listen 127.0.0.1:${port};
    default_type application/json;
    location / { return 200 '${recordSet.replaceAll("\\", "\\\\")}'; }
  }`;
}

function frontServer(port: number, upstream: number): string {
  return `upstream edge { server 127.0.0.1:${upstream}; keepalive 64; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate tls.pem;
    ssl_certificate_key tls.key;
    location / { proxy_pass http://edge; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }`;
}

function edgerc(upstream: number): string {
  return `[default]
host = 127.0.0.1:${upstream}
client_token = akab-the-token-of-the-proxy
client_secret = ${"s".repeat(44)}
access_token = akab-the-access-token-of-the-proxy
`;
}

/** Whatever can be checked is: networks, expiry, rate; and the grant is one of those that are merged. */
function policyFile(port: number, token: string): string {
  return `
listen: { port: ${port}, tls: { certificateFile: tls.pem, privateKeyFile: tls.key }, names: [127.0.0.1] }
upstream: { edgerc: .edgerc, insecurePlainHttp: true }
masterKey: { env: ADP_MASTER_KEY }
clients:
  - { name: web, tokens: [${token}], cidrs: [10.0.0.0/8, 127.0.0.0/8], expires: 2099-01-01, requestsPerMinute: 1000000000 }
grants:
${Array.from({ length: 100 }, (_, index) => `  - { client: web, zone: example.gov, allow: acme-challenge, names: [h${index}.example.gov] }`).join("\n")}
  - { client: web, zone: example.gov, allow: acme-challenge, names: [app.example.gov, "*.app.example.gov"] }
audit: { file: audit.jsonl }
`;
}
