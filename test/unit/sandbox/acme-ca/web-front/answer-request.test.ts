/** Faults, one at a time. */
import { calm, hostile, type AcmeCaFaults } from "../../../../../src/sandbox/acme-ca/faults";
import { body, CaInMemory, csrFor, problemOf } from "../ca-in-memory";

const waits: number[] = [];
const withFault = (fault: Partial<AcmeCaFaults>, seed = 1) => {
  waits.length = 0;
  return new CaInMemory({ faults: { ...calm, ...fault }, seed, sleep: async (ms) => void waits.push(ms) });
};

test("a refused nonce is used up, the share is a share, and the seed decides which", async () => {
  const pattern = async (seed: number) => {
    const ca = withFault({ nonceRejectionShare: 0 }, seed);
    const signer = await ca.account();
    ca.management.setFaults({ nonceRejectionShare: 0.5 });
    const statuses: number[] = [];
    for (let count = 0; count < 40; count++) statuses.push((await ca.post(signer, signer.accountUrl ?? "")).status);
    return statuses;
  };
  const first = await pattern(1);
  const refused = first.filter((status) => status === 400).length;
  expect(refused).toBeGreaterThan(8);
  expect(refused).toBeLessThan(32);
  expect(await pattern(1)).toEqual(first);
  expect(await pattern(2)).not.toEqual(first);
});

test("503 comes from in front of the CA: Retry-After, no nonce, and the client's nonce stays good", async () => {
  const ca = withFault({ unavailableRetryAfterSeconds: 9 });
  const signer = await ca.account();
  ca.management.setFaults({ unavailableShare: 1 });
  const url = signer.accountUrl ?? "";
  const message = signer.message({ nonce: ca.context.nonces.issue(), url }, undefined);
  const answer = await ca.send("POST", url, message);
  expect(problemOf(answer)).toEqual([503, "rateLimited"]);
  expect(answer).toMatchObject({ withoutNonce: true, headers: { "retry-after": "9" } });
  ca.management.setFaults({ unavailableShare: 0 });
  expect((await ca.send("POST", url, message)).status).toBe(200);
});

test("slow answers wait as long as told", async () => {
  const ca = withFault({ slowAnswerShare: 1, slowAnswerMs: 123 });
  await ca.send("GET", ca.urls.directory);
  expect(waits).toEqual([123]);
});

test("validation and issuing wait a random time up to the limit", async () => {
  const ca = withFault({ validationDelayMs: 1000, issuanceDelayMs: 500 });
  const signer = await ca.account();
  const order = await ca.order(signer, ["a.example.gov"]);
  await ca.prove(signer, order);
  await ca.finalize(signer, order, await csrFor(["a.example.gov"]));
  expect(waits).toHaveLength(2);
  expect(waits[0]).toBeLessThan(1000);
  expect(waits[1]).toBeLessThan(500);
  expect(ca.management.certificates()).toHaveLength(1);
});

test("the directory: all resources, meta, and the entry nobody knows under hostile faults only", async () => {
  const ca = new CaInMemory({ externalAccountRequired: true, caaIdentities: ["ca.example"] });
  const calmDirectory = body(await ca.send("GET", ca.urls.directory));
  expect(Object.keys(calmDirectory).sort()).toEqual(
    ["keyChange", "meta", "newAccount", "newNonce", "newOrder", "renewalInfo", "revokeCert"].sort(),
  );
  expect(calmDirectory.meta).toMatchObject({ caaIdentities: ["ca.example"], externalAccountRequired: true });
  expect(Object.keys((calmDirectory.meta as { profiles: object }).profiles)).toEqual([
    "classic",
    "tlsserver",
    "shortlived",
  ]);
  ca.management.setFaults({ unknownDirectoryEntry: hostile.unknownDirectoryEntry });
  expect(Object.keys(body(await ca.send("GET", ca.urls.directory)))).toHaveLength(8);
});

test("newNonce is 200 for HEAD and 204 for GET (RFC 8555 7.2)", async () => {
  const ca = new CaInMemory();
  expect((await ca.send("HEAD", ca.urls.newNonce)).status).toBe(200);
  expect((await ca.send("GET", ca.urls.newNonce)).status).toBe(204);
});

test("what breaks inside is a serverInternal problem", async () => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  ca.context.store.addOrder = () => {
    throw new Error("out of memory");
  };
  expect(problemOf(await ca.order(signer, ["a.example.gov"]))).toEqual([500, "serverInternal"]);
});
