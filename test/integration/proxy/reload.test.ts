/** The policy changes while requests come in, and so do the secrets behind it. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { Agent } from "node:https";
import { join } from "node:path";
import { connect } from "node:tls";
import { deriveCredentials, parseMasterKey } from "../../../src/proxy/identity/client-secret";
import { signEdgeGrid } from "../../../src/akamai/edgegrid-sign";
import { createThrowawayCa } from "../../../src/sandbox/throwaway-tls";
import { TestProxy, edgerc, masterKeyText } from "../../support/running-proxy";

const zone = "example.test";
const path = (name: string) => `/config-dns/v2/zones/${zone}/names/${name}.${zone}/types/TXT`;
const body = (name: string) => ({ name: `${name}.${zone}`, type: "TXT", ttl: 60, rdata: ['"v"'] });
const grant = (name: string) =>
  `  - { client: web, zone: ${zone}, names: [${name}.${zone}], types: [TXT], actions: [read, create, update, delete] }\n`;
const policy = `
clients:
  - { name: web, tokens: ["{token:web}"] }
grants:
${grant("old")}`;

let proxy: TestProxy;

beforeEach(async () => {
  proxy = await TestProxy.start({ policy, zones: { [zone]: [] } });
});

afterEach(() => proxy.stop());

function edit(change: (text: string) => string): void {
  const file = join(proxy.folder, "adp.yaml");
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

test("a new grant counts at once, on connections that were there before as well", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = proxy.as("web", { agent });
  expect((await send("POST", path("new"), body("new"))).status).toBe(403);
  edit((text) => text + grant("new"));
  await proxy.proxy.reload();
  expect((await send("POST", path("new"), body("new"))).status).toBe(201);
  agent.destroy();
});

test("a request in work ends under the rules it began with", async () => {
  const trap = proxy.gate.set({ part: "edge-dns", operation: "POST recordset", nth: 1, action: "hold" });
  const writing = proxy.as("web")("POST", path("old"), body("old"));
  await trap.caught;
  edit((text) => text.replace(grant("old"), grant("new")));
  await proxy.proxy.reload();
  expect((await proxy.as("web")("GET", path("old"))).status).toBe(403);
  trap.release();
  expect((await writing).status).toBe(201);
});

test.each([
  ["a mistake in the policy", (text: string) => text.replace("types:", "typs:"), /typs/],
  ["a missing certificate", (text: string) => text.replace("adp.pem", "gone.pem"), /gone\.pem/],
  ["a key that is no key", (text: string) => text.replace("adp.key", ".edgerc"), /cannot serve TLS/],
  ["missing credentials", (text: string) => text.replace("edgerc: .edgerc", "edgerc: gone"), /gone/],
])("%s is refused, and what was there stays in force", async (_, change, message) => {
  edit((text) => change(text.replace(grant("old"), grant("new"))));
  await expect(proxy.proxy.reload()).rejects.toThrow(message);
  expect((await proxy.as("web")("GET", path("old"))).status).toBe(404);
  expect((await proxy.as("web")("GET", path("new"))).status).toBe(403);
});

test("a client that is taken out of the file is refused, one whose token is replaced too", async () => {
  edit((text) => text.replace(/akab-[0-9a-f]{40}/, `akab-${"0".repeat(40)}`));
  await proxy.proxy.reload();
  expect((await proxy.as("web")("GET", path("old"))).status).toBe(401);
});

test("what cannot change while the proxy runs is named in its log", async () => {
  edit((text) => text.replace("port: 0", "port: 1").replace("audit.jsonl", "other.jsonl"));
  await proxy.proxy.reload();
  const warning = proxy.logged.map((line) => JSON.parse(line) as Record<string, unknown>).find(({ keys }) => keys);
  expect(warning).toMatchObject({ level: "warn", keys: ["listen.port", "audit.file"] });
});

test("an audit file that was moved away is let go of, whatever is wrong with the policy", async () => {
  await proxy.as("web")("GET", path("old"));
  const file = join(proxy.folder, "audit.jsonl");
  renameSync(file, `${file}.1`);
  edit((text) => text.replace("types:", "typs:"));
  await expect(proxy.proxy.reload()).rejects.toThrow(/typs/);
  await proxy.as("web")("GET", path("new"));
  expect(readFileSync(`${file}.1`, "utf8").trim().split("\n")).toHaveLength(1);
  expect(proxy.audit()).toMatchObject([{ seq: 2, begins: "file", name: `new.${zone}` }]);
});

test("new connections get the new certificate", async () => {
  const servedSerial = () =>
    new Promise<string | undefined>((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port: proxy.proxy.port, rejectUnauthorized: false });
      socket.on("error", reject).on("secureConnect", () => {
        resolve(socket.getPeerX509Certificate()?.serialNumber);
        socket.destroy();
      });
    });
  const before = await servedSerial();
  const { certPem, keyPem } = await (await createThrowawayCa()).issue(["127.0.0.1"]);
  writeFileSync(join(proxy.folder, "adp.pem"), certPem);
  writeFileSync(join(proxy.folder, "adp.key"), keyPem);
  expect(await servedSerial()).toBe(before);
  await proxy.proxy.reload();
  expect(await servedSerial()).not.toBe(before);
});

describe("the master key", () => {
  const next = "another master key of the tests, as long as the first";

  /** Status of a read that is signed with a secret of that key. */
  async function statusWith(key: string): Promise<number> {
    const derived = deriveCredentials(parseMasterKey(key, "test"), proxy.credentials("web").clientToken);
    const credentials = { ...derived, host: proxy.host };
    const authorization = signEdgeGrid(credentials, { method: "GET", target: path("old") });
    return (await proxy.raw("GET", path("old"), undefined, { authorization })).status;
  }

  test("secrets of the previous key are good until it is taken out, and said to be in use", async () => {
    writeFileSync(join(proxy.folder, "next.key"), next);
    expect(await statusWith(next)).toBe(401);
    edit((text) =>
      text.replace(
        "masterKey: { env: ADP_MASTER_KEY }",
        "masterKey: { file: next.key, previous: { env: ADP_MASTER_KEY } }",
      ),
    );
    await proxy.proxy.reload();
    expect([await statusWith(next), await statusWith(masterKeyText)]).toEqual([404, 404]);
    await statusWith(masterKeyText);
    const notices = proxy.logged.filter((line) => line.includes("previous master key"));
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain(proxy.credentials("web").clientToken);
    edit((text) => text.replace(", previous: { env: ADP_MASTER_KEY }", ""));
    await proxy.proxy.reload();
    expect([await statusWith(next), await statusWith(masterKeyText)]).toEqual([404, 401]);
  });
});

test("when Akamai does not accept the credentials any more, the standby ones are used", async () => {
  const good = edgerc(proxy.upstream.credentials);
  const withdrawn = edgerc({ ...proxy.upstream.credentials, clientSecret: "withdrawn" });
  writeFileSync(join(proxy.folder, ".edgerc"), withdrawn + good.replace("[default]", "[next]"));
  await proxy.proxy.reload();
  expect((await proxy.as("web")("GET", path("old"))).status).toBe(503);
  edit((text) => text.replace("edgerc: .edgerc", "edgerc: .edgerc, standbySection: next"));
  await proxy.proxy.reload();
  expect((await proxy.as("web")("POST", path("old"), body("old"))).status).toBe(201);
  expect((await proxy.as("web")("GET", path("old"))).status).toBe(200);
  const changes = proxy.logged.filter((line) => line.includes("standby ones are used"));
  expect(changes).toHaveLength(1);
  expect(changes.join()).not.toContain("withdrawn");
});
