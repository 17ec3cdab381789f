/** Akamai's libraries for Python (as Debian has it, with requests) and Node, unmodified, against a proxy process. */
import type { RecordSet } from "../../src/dns/record-set";
import { nodeEdgeGrid, pythonEdgeGrid } from "./support/library-clients";
import { ServedProxy } from "./support/served-proxy";

const zone = "example.test";
const Z = `/config-dns/v2/zones/${zone}`;
const name = `_acme-challenge.${zone}`;
const path = `${Z}/names/${name}/types/TXT`;
const [one, two] = ["1".repeat(43), "2".repeat(43)];
const foreignText = String.raw`"v=DKIM1; k=rsa, p=a\"b\\c" "zürich"`;
const foreign: RecordSet = { name, type: "TXT", ttlSeconds: 3600, rdata: [foreignText] };

let proxy: ServedProxy;

beforeEach(async () => {
  proxy = await ServedProxy.start({
    clients: ["web"],
    grants: `
  - { client: web, zone: ${zone}, allow: acme-challenge, names: [${zone}] }
  - client: web
    zone: ${zone}
    names: ["**.lab.${zone}", '\\*.lab.${zone}']
    types: [A, TXT]
    actions: [read, create, update, delete]
`,
    zones: { [zone]: [foreign, { name: `www.${zone}`, type: "A", ttlSeconds: 60, rdata: ["192.0.2.1"] }] },
  });
});

afterEach(async () => {
  expect(await proxy.stop()).toBe(0);
});

const body = (...rdata: string[]) => ({ name, type: "TXT", ttl: 600, rdata });
const lab = (label: string, type: string, ...rdata: string[]) => ({
  name: `${label}.lab.${zone}`,
  type,
  ttl: 300,
  rdata,
});
const wildcard = lab("*", "TXT", '"any ; thing"');

test.each([
  ["python3-edgegrid", pythonEdgeGrid],
  ["npm akamai-edgegrid", nodeEdgeGrid],
])("%s: finds its zone, adds and takes away a value, writes several sets", async (_, send) => {
  const answers = await send(proxy.credentials("web"), proxy.trust(), [
    ["GET", `/config-dns/v2/zones/www.${zone}`],
    ["GET", Z],
    ["GET", "/config-dns/v2/zones?types=primary&showAll=true"],
    ["GET", path],
    ["PUT", path, body(foreignText, one)],
    ["POST", path, body(`"${two}"`)],
    ["PUT", path, body(foreignText, `"${two}"`)],
    ["DELETE", path],
    ["DELETE", path],
    ["POST", `${Z}/recordsets`, { recordsets: [lab("a", "A", "10.0.0.1"), wildcard] }],
    ["GET", `${Z}/names/*.lab.${zone}/types/TXT`],
    ["GET", `${Z}/recordsets?search=any%20%3B&types=TXT&sortBy=-name&page=1&pageSize=100`],
    [
      "PUT",
      `${Z}/recordsets`,
      { recordsets: [lab("a", "A", "10.0.0.2"), { ...foreign, ttl: 3600, ttlSeconds: undefined }] },
    ],
    ["GET", `${Z}/names/www.${zone}/types/A`],
    ["POST", `${Z}/zone-file`, {}],
  ]);
  const problem = expect.stringContaining("application/problem+json") as unknown;
  const detail = (text: string) =>
    expect.objectContaining({ detail: expect.stringContaining(text) as unknown }) as unknown;
  expect(answers.map(({ status }) => status)).toEqual([
    404, 200, 200, 200, 200, 201, 200, 204, 403, 204, 200, 200, 204, 403, 403,
  ]);
  expect(answers[0]).toMatchObject({ contentType: problem, body: detail(`Unable to find zone 'www.${zone}'`) });
  expect(answers[1]).toMatchObject({ body: { zone, type: "PRIMARY", contractId: "C-SANDBOX", signAndServe: false } });
  expect(answers[2]).toMatchObject({ body: { zones: [{ zone }], metadata: { totalElements: 1 } } });
  expect(answers[4]).toMatchObject({ body: { ttl: 3600, rdata: [foreignText, `"${one}"`] } });
  expect(answers[6]).toMatchObject({ body: { rdata: [foreignText, `"${two}"`] } });
  expect(answers[8]).toMatchObject({ body: detail("none of the values there is this client's") });
  expect(answers[11]).toMatchObject({ body: { metadata: { totalElements: 1 }, recordsets: [wildcard] } });
  expect(answers[13]).toMatchObject({ contentType: problem, body: detail(`no grant for the name www.${zone}`) });
  expect(proxy.store.recordSet(zone, name, "TXT")).toEqual(foreign);
  expect(proxy.store.recordSet(zone, `a.lab.${zone}`, "A")?.rdata).toEqual(["10.0.0.2"]);
  expect(proxy.store.recordSet(zone, `*.lab.${zone}`, "TXT")).toBeUndefined();
});
