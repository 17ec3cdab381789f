/** Orders by npm acme-client's own steps: the peer that proves the CA speaks the protocol, not our reading of it. */
import { Agent } from "node:https";
import * as acme from "acme-client";
import type { AcmeCa } from "../../../src/sandbox/acme-ca/start-acme-ca";
import type { TxtResponder } from "./txt-responder";

export { acme };

export type OrderFields = Parameters<acme.Client["createOrder"]>[0] & {
  readonly profile?: string;
  readonly replaces?: string;
};

/** acme-client's settings are per process: call again for each CA. */
export function trustCa(ca: Pick<AcmeCa, "caPem">): Agent {
  const agent = new Agent({ ca: ca.caPem, keepAlive: true });
  acme.axios.defaults.httpsAgent = agent;
  return agent;
}

/** acme-client sleeps the whole Retry-After of a 429, which may be days: this shows the problem instead. */
export async function withoutRetries(run: () => Promise<void>): Promise<void> {
  const { acmeSettings } = acme.axios.defaults as unknown as { acmeSettings: { retryMaxAttempts: number } };
  const attempts = acmeSettings.retryMaxAttempts;
  acmeSettings.retryMaxAttempts = 0;
  try {
    await run();
  } finally {
    acmeSettings.retryMaxAttempts = attempts;
  }
}

export async function newClient(
  ca: Pick<AcmeCa, "directoryUrl">,
  options: Partial<acme.ClientOptions> = {},
  account: Parameters<acme.Client["createAccount"]>[0] = {},
): Promise<acme.Client> {
  const accountKey = options.accountKey ?? (await acme.crypto.createPrivateEcdsaKey());
  const client = new acme.Client({
    directoryUrl: ca.directoryUrl,
    backoffMin: 20,
    backoffMax: 50,
    ...options,
    accountKey,
  });
  await client.createAccount({ termsOfServiceAgreed: true, contact: ["mailto:tls@example.gov"], ...account });
  return client;
}

export interface Issued {
  readonly chain: string;
  readonly key: Buffer;
  readonly order: acme.Order & { readonly replaces?: string; readonly profile?: string };
}

/** Puts all TXT values there, answers all challenges, finalizes, downloads. */
export async function issue(
  client: acme.Client,
  dns: TxtResponder,
  names: readonly string[],
  fields: Partial<OrderFields> = {},
  preferredChain?: string,
): Promise<Issued> {
  const order = await placeOrder(client, names, fields);
  await prove(client, dns, order);
  const [key, csr] = await acme.crypto.createCsr({ altNames: [...names] }, await acme.crypto.createPrivateEcdsaKey());
  const finalized = await client.finalizeOrder(order, csr);
  return { chain: await client.getCertificate(finalized, preferredChain), key, order: finalized };
}

export function placeOrder(client: acme.Client, names: readonly string[], fields: Partial<OrderFields> = {}) {
  const request: OrderFields = { identifiers: names.map((value) => ({ type: "dns", value })), ...fields };
  return client.createOrder(request);
}

export async function prove(client: acme.Client, dns: TxtResponder, order: acme.Order): Promise<void> {
  const pending = (await client.getAuthorizations(order)).filter(({ status }) => status === "pending");
  for (const authorization of pending) {
    const challenge = dns01Of(authorization);
    const name = `_acme-challenge.${authorization.identifier.value}`;
    const value = await client.getChallengeKeyAuthorization(challenge);
    dns.txt.set(name, [...(dns.txt.get(name) ?? []), value]);
  }
  for (const authorization of pending) await client.completeChallenge(dns01Of(authorization));
  for (const authorization of pending) await client.waitForValidStatus(authorization);
}

export function dns01Of(authorization: acme.Authorization) {
  const found = authorization.challenges.find(({ type }) => type === "dns-01");
  if (found === undefined) throw new Error(`no dns-01 challenge for ${authorization.identifier.value}`);
  return found;
}
