/** The engine's own client behind the proxy: what it asks before an order, and the values of a challenge. */
import { EdgeDnsClient } from "../../../src/akamai/edge-dns-client";
import { RecordSetEditor } from "../../../src/akamai/record-set-editor";
import { EdgeDnsChallengeRecords } from "../../../src/issuance/edge-dns-challenge-records";
import { HttpClient } from "../../../src/platform/http";
import { hostileEdgeDns } from "../../../src/sandbox/edge-dns/edge-dns-faults";
import { TestProxy } from "../../support/running-proxy";

const zone = "example.test";
const edgeDnsZone = { type: "edge_dns" as const, name: zone };
const challenge = `_acme-challenge.app.${zone}`;
const foreign = { name: challenge, type: "TXT", ttlSeconds: 300, rdata: ['"of \\"others\\"; kept"'] };
const values = ["a".repeat(43), "b".repeat(43)];

let proxy: TestProxy;
let http: HttpClient;

beforeEach(async () => {
  proxy = await TestProxy.start({
    policy: `
clients:
  - { name: web, tokens: ["{token:web}"] }
  - { name: adder, tokens: ["{token:adder}"] }
grants:
  - { client: web, zone: ${zone}, allow: acme-challenge, names: [app.${zone}] }
  - { client: adder, zone: ${zone}, allow: acme-challenge, names: [app.${zone}], actions: [read, create] }
`,
    zones: { [zone]: [foreign] },
    faults: hostileEdgeDns,
  });
  http = new HttpClient({ ca: proxy.proxyCa });
});

afterEach(async () => {
  await http.close();
  await proxy.stop();
});

function recordsOf(client: string): EdgeDnsChallengeRecords {
  const edgeDns = new EdgeDnsClient({ credentials: proxy.credentials(client), http });
  return new EdgeDnsChallengeRecords({ client: edgeDns, editor: new RecordSetEditor({ client: edgeDns }) });
}

test("values of a challenge come and go under hostile faults; the foreign one stays to the octet", async () => {
  const records = recordsOf("web");
  await records.checkAllowed(edgeDnsZone, challenge);
  await records.add(edgeDnsZone, challenge, values);
  expect(proxy.store.recordSet(zone, challenge, "TXT")?.rdata).toEqual([
    ...foreign.rdata,
    ...values.map((value) => `"${value}"`),
  ]);
  await records.remove(edgeDnsZone, challenge, values);
  expect(proxy.store.recordSet(zone, challenge, "TXT")).toEqual(foreign);
});

test.each([
  ["a name that is not granted", "web", `_acme-challenge.www.${zone}`, /create and delete TXT .*www.*no grant/],
  ["a right to create, but none to clean up", "adder", challenge, /to delete is not granted/],
])("refused before anything is written: %s", async (_, client, name, why) => {
  await expect(recordsOf(client).checkAllowed(edgeDnsZone, name)).rejects.toMatchObject({
    code: "edge_dns_denied",
    message: expect.stringMatching(why) as string,
  });
  const writes = proxy.gate.history.filter(({ operation }) => /^(POST|PUT|DELETE)/.test(operation));
  expect(writes).toEqual([]);
});
