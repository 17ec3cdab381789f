/**
 * What clients of Edge DNS really send (test/vectors/recorded-clients), replayed octet for octet through a proxy: each
 * step is answered as that client needs it, and what was there before stands afterwards as it stood.
 */
import type { RecordSet } from "../../../src/dns/record-set";
import { recordedClients, replay, type RecordedSet } from "../../support/recorded-client";
import { TestProxy } from "../../support/running-proxy";

const zone = "example.test";
const challenges = [{ client: "web", zone, allow: "acme-challenge", names: [zone, `www.${zone}`] }];

const toSet = ({ name, type, ttl, rdata }: RecordedSet): RecordSet => ({ name, type, ttlSeconds: ttl, rdata });

const situations = recordedClients().flatMap((client) =>
  client.situations.map((situation) => [client.client, situation.name, client, situation] as const),
);

test.each(situations)("%s: %s", async (_client, _situation, client, { standing = [], left, steps }) => {
  const grants = (client.grants ?? challenges).map((grant) => `  - ${JSON.stringify(grant)}\n`).join("");
  const proxy = await TestProxy.start({
    policy: `
clients:
  - { name: web, tokens: ["{token:web}"] }
grants:
${grants}
`,
    zones: { [zone]: standing.map(toSet), "nope.test": [] },
  });
  try {
    const own = ({ name, type }: RecordSet) => `${name} ${type}`;
    const ofEveryZone = new Set(
      ["SOA", "NS"].map((type) => `${zone} ${type}`).concat(`ns1.${zone} A`, `ns2.${zone} A`),
    );
    const answers = await replay(client, steps, proxy.credentials("web"), proxy.proxyCa);
    const told = steps.map((step, index) => ({ send: step.send, ...answers[index] }));
    expect(told).toEqual(
      steps.map(({ send, status, answer }) => ({
        send,
        status,
        contentType: status === 204 ? undefined : `application/${status < 400 ? "json" : "problem+json"}`,
        body: answer === undefined ? (expect.anything() as unknown) : asymmetric(answer),
        ...(status === 204 ? { body: undefined } : {}),
      })),
    );
    const stands = proxy.store.recordSets(zone).filter((set) => !ofEveryZone.has(own(set)));
    expect(stands).toEqual(left.map(toSet).sort((one, other) => (own(one) < own(other) ? -1 : 1)));
    expect(proxy.gate.history.filter(({ subject }) => subject?.includes("nope.test"))).toEqual([]);
  } finally {
    await proxy.stop();
  }
});

/** More may be in an answer than a client reads, at every level. */
function asymmetric(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asymmetric);
  if (typeof value !== "object" || value === null) return value;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asymmetric(inner)])),
  ) as unknown;
}
