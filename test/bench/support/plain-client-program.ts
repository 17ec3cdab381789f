/** Issues certificates by npm acme-client as its documentation has it, in a process of its own. Arguments as ours. */
import { acme, dns01Of, newClient, placeOrder, trustCa } from "../../integration/sandbox-acme-ca/plain-acme-client";
import { serveOperations } from "./child-program";
import { inParallel } from "../../support/in-parallel";
import { firstPollMs, type Batch, type BatchResult } from "./issuing";
import type { SandboxPlaces } from "./sandbox-program";
import { TxtSetter } from "./txt-setter";

const places = JSON.parse(process.argv[2] ?? "") as SandboxPlaces;
const agent = trustCa(places.acme);
// as many connections as ours keeps
agent.maxSockets = 8;
const opening = newClient(places.acme, { backoffMin: firstPollMs, backoffMax: 200 });
const txt = new TxtSetter(places.txtUrl);

async function issue(client: acme.Client, name: string): Promise<void> {
  const order = await placeOrder(client, [name]);
  const [authorization] = await client.getAuthorizations(order);
  if (authorization === undefined) throw new Error("the order has no authorization");
  const challenge = dns01Of(authorization);
  const record = `_acme-challenge.${name}`;
  await txt.set({ name: record, values: [await client.getChallengeKeyAuthorization(challenge)] });
  try {
    await client.completeChallenge(challenge);
    await client.waitForValidStatus(authorization);
    const [, csr] = await acme.crypto.createCsr({ altNames: [name] }, await acme.crypto.createPrivateEcdsaKey());
    await client.getCertificate(await client.finalizeOrder(order, csr));
  } finally {
    await txt.set({ name: record, values: [] });
  }
}

const operations = {
  issue: async ({ names, concurrency }: Batch): Promise<Pick<BatchResult, "elapsedMs">> => {
    const client = await opening;
    const begin = performance.now();
    await inParallel(names, concurrency, (name) => issue(client, name));
    return { elapsedMs: performance.now() - begin };
  },
};

export type PlainOperations = typeof operations;

serveOperations(operations);
