/** nginx as a front end: what is on the wire is what its files say, faults included. */
import { setTimeout as pause } from "node:timers/promises";
import { shakeHands } from "../../src/rollout/shake-hands";
import type { ServedCertificate } from "../../src/sandbox/load-balancer/served-listener";
import { frontEndFault, servedCertificate } from "../support/front-end-faults";
import { NginxFrontEnd } from "../support/nginx-front-end";
import { createTestCa, type TestCa } from "../support/test-certificates";

let ca: TestCa;
let fallback: ServedCertificate;
let shop: ServedCertificate;
let nginx: NginxFrontEnd;

const names = ["shop.example.gov"];

beforeAll(async () => {
  ca = await createTestCa();
  fallback = await servedCertificate(ca, { names: ["app.example.gov"] });
  shop = await servedCertificate(ca, { names, key: "RSA_2048" });
});

beforeEach(async () => {
  nginx = await NginxFrontEnd.start({ defaultCertificate: fallback, sniCertificates: [shop] });
});

afterEach(() => nginx.close());

const visit = (serverName?: string) => shakeHands({ ...nginx.address, serverName, ca: ca.rootPem });

/** What a visit comes to, once it comes to that; workers change a moment after they are told. */
async function until(expected: RegExp, serverName?: string): Promise<string> {
  let seen = "";
  for (let poll = 0; poll < 200 && !expected.test(seen); poll++) {
    if (poll > 0) await pause(25);
    seen = await visit(serverName).then(
      ({ serial }) => serial,
      (error: unknown) => (error as Error).message,
    );
  }
  return seen;
}

test("the default, an entry by name, and the whole chain", async () => {
  expect(await visit()).toMatchObject({ serial: fallback.info.serial, chainLength: 3 });
  expect((await visit("shop.example.gov")).serial).toBe(shop.info.serial);
});

test("a change reaches new connections", async () => {
  const next = await servedCertificate(ca, { names });
  nginx.serve({ defaultCertificate: fallback, sniCertificates: [next] });
  expect(await until(new RegExp(next.info.serial), names[0])).toBe(next.info.serial);
});

test.each([
  ["expired", /expired/],
  ["wrong names", /does not match|not cover/],
] as const)("a certificate that is %s is refused by clients", async (fault, refusal) => {
  const { otherCertificate = fallback } = await frontEndFault(fault, { ca, names });
  nginx.serve({ defaultCertificate: otherCertificate, sniCertificates: [] });
  expect(await until(refusal, names[0])).toMatch(refusal);
});

test("a leaf without its intermediate is refused by clients", async () => {
  nginx.serve({ defaultCertificate: { ...fallback, chainPem: "" }, sniCertificates: [] });
  expect(await until(/unable|issuer/)).toMatch(/unable|issuer/);
});
