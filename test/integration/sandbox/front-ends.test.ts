import { shakeHands } from "../../../src/rollout/shake-hands";
import { calm } from "../../../src/sandbox/aws/aws-faults";
import { FrontEnds, type FrontEndAddress } from "../../../src/sandbox/load-balancer/front-ends";
import type { ServedCertificate, ServedListener } from "../../../src/sandbox/load-balancer/served-listener";
import { frontEndFault, servedCertificate, type FrontEndFaultName } from "../../support/front-end-faults";
import { createTestCa, type TestCa } from "../../support/test-certificates";

const arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/web/1/2";
const names = ["app.example.gov"];

let ca: TestCa;
let own: ServedCertificate;
let frontEnds: FrontEnds;
let addresses: readonly FrontEndAddress[];

const listener = (certificate: ServedCertificate): ServedListener => ({
  defaultCertificate: certificate,
  sniCertificates: [certificate],
});

beforeAll(async () => {
  ca = await createTestCa();
  own = await servedCertificate(ca, { names });
});

beforeEach(async () => {
  frontEnds = new FrontEnds({ random: Math.random, now: () => new Date() });
  await frontEnds.serve(arn, listener(own), { ...calm, addressesPerFrontEnd: 3 });
  addresses = frontEnds.addresses().get(arn) ?? [];
});

afterEach(() => frontEnds.close());

/** What each address shows: its serial, or why a client refuses it. */
function visit(serverName: string | undefined = names[0]): Promise<string[]> {
  return Promise.all(
    addresses.map((address) =>
      shakeHands({ ...address, serverName, ca: ca.rootPem }).then(
        ({ serial }) => serial,
        (error: unknown) => `${String((error as { code?: unknown }).code)}: ${(error as Error).message}`,
      ),
    ),
  );
}

test("one port at 127.0.0.1, 127.0.0.2 and 127.0.0.3, which all serve a change", async () => {
  const [{ port } = { port: 0 }] = addresses;
  expect(addresses).toEqual(["127.0.0.1", "127.0.0.2", "127.0.0.3"].map((host) => ({ host, port })));
  const next = await servedCertificate(ca, { names });
  await frontEnds.serve(arn, listener(next), { ...calm, addressesPerFrontEnd: 3 });
  expect(await visit()).toEqual(Array(3).fill(next.info.serial));
});

test.each<[FrontEndFaultName, RegExp]>([
  ["missing intermediate", /unable to verify|issuer/],
  ["expired", /expired/],
  ["wrong names", /does not match|not cover/],
])("%s: no client takes it, at any address", async (name, refusal) => {
  await frontEnds.setFaults(arn, await frontEndFault(name, { ca, names }));
  for (const seen of await visit()) expect(seen).toMatch(refusal);
  await frontEnds.setFaults(arn, {});
  expect(await visit()).toEqual(Array(3).fill(own.info.serial));
});

test("wrong key: a good certificate, but not the one that was put there", async () => {
  const faults = await frontEndFault("wrong key", { ca, names });
  await frontEnds.setFaults(arn, faults);
  expect(await visit()).toEqual(Array(3).fill(faults.otherCertificate?.info.serial));
  expect(faults.otherCertificate?.info.serial).not.toBe(own.info.serial);
});

test("shadowed SNI: who names the host gets another entry, who names nothing gets the default", async () => {
  const faults = await frontEndFault("shadowed SNI", { ca, names });
  await frontEnds.setFaults(arn, faults);
  expect(await visit()).toEqual(Array(3).fill(faults.shadowingCertificate?.info.serial));
  for (const address of addresses)
    expect((await shakeHands({ ...address, ca: ca.rootPem })).serial).toBe(own.info.serial);
});

test("a lagging address goes on with what it had, and catches up when it is well again", async () => {
  await frontEnds.setFaults(arn, await frontEndFault("lagging address", { ca, names, addresses: 3 }));
  const next = await servedCertificate(ca, { names });
  await frontEnds.serve(arn, listener(next), { ...calm, addressesPerFrontEnd: 3 });
  expect(await visit()).toEqual([next.info.serial, next.info.serial, own.info.serial]);
  await frontEnds.setFaults(arn, {});
  expect(await visit()).toEqual(Array(3).fill(next.info.serial));
});

test("an address that refuses connections takes them again at the same port", async () => {
  await frontEnds.setFaults(arn, await frontEndFault("refused connections", { ca, names }));
  const seen = await visit();
  expect(seen[0]).toMatch(/ECONNREFUSED|network/);
  expect(seen.slice(1)).toEqual(Array(2).fill(own.info.serial));
  await frontEnds.setFaults(arn, {});
  expect(await visit()).toEqual(Array(3).fill(own.info.serial));
});

test("on demand, a front end starts when it is opened, with what is in force by then", async () => {
  const lazy = new FrontEnds({ random: Math.random, now: () => new Date(), onDemand: true });
  await lazy.serve(arn, listener(own), calm);
  expect(lazy.all().size).toBe(0);
  await expect(lazy.setFaults(arn, {})).rejects.toThrow("no front end runs");
  const next = await servedCertificate(ca, { names });
  await lazy.serve(arn, listener(next), calm);
  addresses = await lazy.open(arn);
  expect(await visit()).toEqual([next.info.serial]);
  expect(await lazy.open(arn)).toEqual(addresses);
  await lazy.serve(arn, undefined, calm);
  expect(await lazy.open(arn)).toEqual([]);
  await lazy.close();
});
