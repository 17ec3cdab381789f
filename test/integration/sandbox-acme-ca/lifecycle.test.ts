/** Renewal, limits, binding, revocation: by a client that is not ours, on the wire. */
import { X509Certificate } from "node:crypto";
import { Agent, request } from "undici";
import type { AcmeCaOptions } from "../../../src/sandbox/acme-ca/acme-ca-options";
import { calm } from "../../../src/sandbox/acme-ca/faults";
import { letsEncryptRateLimits } from "../../../src/sandbox/acme-ca/rate-limits/rate-limits";
import { startAcmeCa, type AcmeCa } from "../../../src/sandbox/acme-ca/start-acme-ca";
import { acme, issue, newClient, placeOrder, prove, trustCa, withoutRetries } from "./plain-acme-client";
import { startTxtResponder, type TxtResponder } from "./txt-responder";

let dns: TxtResponder;
let ca: AcmeCa;

beforeAll(async () => {
  dns = await startTxtResponder();
});

afterAll(() => dns.close());

afterEach(() => ca.close());

async function start(options: Partial<AcmeCaOptions> = {}): Promise<void> {
  ca = await startAcmeCa({ dnsServer: dns.address, faults: calm, ...options });
  trustCa(ca);
}

/** The directory and renewalInfo need no signature. */
async function get(url: string) {
  const dispatcher = new Agent({ connect: { ca: ca.caPem } });
  const answer = await request(url, { dispatcher });
  const body = (await answer.body.json()) as Record<string, unknown>;
  await dispatcher.close();
  return { headers: answer.headers, body };
}

test("renewal: the window, moved by the CA; replaces, once", async () => {
  await start();
  const client = await newClient(ca);
  const first = await issue(client, dns, ["a.example.gov"]);
  const record = ca.certificates()[0];
  const { renewalInfo } = (await get(ca.directoryUrl)).body;
  const url = `${String(renewalInfo)}/${record?.certId}`;
  const leaf = new X509Certificate(first.chain);
  const before = await get(url);
  expect(before.headers["retry-after"]).toBe("21600");
  expect(before.body).toEqual({
    suggestedWindow: {
      start: record?.renewalWindow.start.toISOString(),
      end: record?.renewalWindow.end.toISOString(),
    },
  });
  const now = new Date();
  ca.setRenewalWindow(record?.serial ?? "", { start: now, end: new Date(leaf.validTo) });
  expect((await get(url)).body).toMatchObject({ suggestedWindow: { start: now.toISOString() } });
  const second = await issue(client, dns, ["a.example.gov"], { replaces: record?.certId });
  expect(second.order.replaces).toBe(record?.certId);
  expect(new X509Certificate(second.chain).serialNumber).not.toBe(leaf.serialNumber);
  expect(ca.certificates()[1]?.replaces).toBe(record?.certId);
  await expect(placeOrder(client, ["a.example.gov"], { replaces: record?.certId })).rejects.toThrow(
    /has an order that replaces it/,
  );
});

test("the fifth duplicate is the last, whatever the account; a renewal with replaces still goes", async () => {
  const { certificatesPerExactNameSet } = letsEncryptRateLimits;
  await start({ rateLimits: { certificatesPerExactNameSet } });
  const client = await newClient(ca);
  for (let count = 0; count < 5; count++) await issue(client, dns, ["a.example.gov"]);
  const other = await newClient(ca);
  await withoutRetries(async () => {
    await expect(placeOrder(other, ["a.example.gov"])).rejects.toThrow(/exact set of names.*5 in 168 h/);
  });
  await issue(client, dns, ["a.example.gov"], { replaces: ca.certificates()[4]?.certId });
  expect(ca.certificates()).toHaveLength(6);
});

test("external account binding", async () => {
  const hmacKey = Buffer.from("a key of 32 octets for tests only").toString("base64url");
  await start({ externalAccountRequired: true, externalAccountKeys: { "kid-1": hmacKey } });
  await expect(newClient(ca)).rejects.toThrow(/externalAccountBinding/);
  const wrong = { kid: "kid-1", hmacKey: Buffer.from("wrong").toString("base64url") };
  await expect(newClient(ca, { externalAccountBinding: wrong })).rejects.toThrow(/not signed with the key/);
  const client = await newClient(ca, { externalAccountBinding: { kid: "kid-1", hmacKey } });
  await issue(client, dns, ["a.example.gov"]);
  expect(ca.accountCount()).toBe(1);
});

test("revocation, key rollover and update", async () => {
  await start();
  const client = await newClient(ca);
  const { chain } = await issue(client, dns, ["a.example.gov"]);
  await client.revokeCertificate(chain, { reason: 4 });
  expect(ca.certificates()[0]?.revocation?.reason).toBe(4);
  await expect(client.revokeCertificate(chain)).rejects.toThrow(/revoked already/);
  await client.updateAccountKey(await acme.crypto.createPrivateEcdsaKey("P-384"));
  await issue(client, dns, ["b.example.gov"]);
  await client.updateAccount({ contact: ["mailto:new@example.gov"] });
  await client.updateAccount({ status: "deactivated" });
  await expect(placeOrder(client, ["c.example.gov"])).rejects.toThrow(/deactivated/);
});

test("CNAME at the challenge name, and CAA that forbids", async () => {
  await start();
  const client = await newClient(ca);
  dns.cname.set("_acme-challenge.delegated.example.gov", "delegated.validation.example.net");
  const order = await placeOrder(client, ["delegated.example.gov"]);
  const [authorization] = await client.getAuthorizations(order);
  const challenge = authorization?.challenges.find(({ type }) => type === "dns-01");
  if (!authorization || !challenge) throw new Error("no challenge");
  dns.txt.set("delegated.validation.example.net", [await client.getChallengeKeyAuthorization(challenge)]);
  await client.completeChallenge(challenge);
  await client.waitForValidStatus(authorization);
  dns.caa.set("forbidden.example.gov", [{ flags: 0, tag: "issue", value: "other.example" }]);
  const forbidden = await placeOrder(client, ["www.forbidden.example.gov"]);
  await expect(prove(client, dns, forbidden)).rejects.toThrow(/CAA record for forbidden.example.gov prevents issuance/);
});

test("closing ends what waits: no validation holds the process", async () => {
  await start({ faults: { ...calm, validationDelayMs: 3_600_000, slowAnswerMs: 3_600_000 } });
  const client = await newClient(ca);
  const order = await placeOrder(client, ["slow.example.gov"]);
  const [authorization] = await client.getAuthorizations(order);
  await client.completeChallenge(authorization?.challenges[0] as never);
  expect(ca.orders()[0]?.status).toBe("pending");
});
