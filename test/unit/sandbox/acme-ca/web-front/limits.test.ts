/** Which limit counts what (Let's Encrypt documentation, rate limits). Each limit alone, small, on a clock that stands. */
import type { AcmeCaRateLimits } from "../../../../../src/sandbox/acme-ca/rate-limits/rate-limits";
import { body, CaInMemory, problemOf, Signer } from "../ca-in-memory";

const two = { count: 2, perSeconds: 7200 };
const limited = (name: keyof AcmeCaRateLimits) => new CaInMemory({ rateLimits: { [name]: two } });
const later = (ca: CaInMemory, seconds: number) => (ca.now = new Date(ca.now.getTime() + seconds * 1000));

test("orders per account: refused with the time to wait, one more after it, another account is free", async () => {
  const ca = limited("ordersPerAccount");
  const signer = await ca.account();
  await ca.order(signer, ["a.example.gov"]);
  await ca.order(signer, ["b.example.gov"]);
  const refused = await ca.order(signer, ["c.example.gov"]);
  expect(problemOf(refused)).toEqual([429, "rateLimited"]);
  expect(refused.headers?.["retry-after"]).toBe("3600");
  expect(body(refused).detail).toContain("too many new orders by this account (2 in 2 h)");
  expect((await ca.order(await ca.account(), ["c.example.gov"])).status).toBe(201);
  later(ca, 3600);
  expect((await ca.order(signer, ["c.example.gov"])).status).toBe(201);
  expect((await ca.order(signer, ["d.example.gov"])).status).toBe(429);
});

test("certificates per registered domain: whoever asks, not for a renewal of the same names", async () => {
  const ca = limited("certificatesPerRegisteredDomain");
  const signer = await ca.account();
  await ca.obtain(signer, ["a.example.gov"]);
  await ca.obtain(signer, ["b.example.gov"]);
  const other = await ca.account();
  expect(problemOf(await ca.order(other, ["c.example.gov"]))).toEqual([429, "rateLimited"]);
  expect((await ca.order(other, ["c.example.org"])).status).toBe(201);
  expect((await ca.order(signer, ["a.example.gov"])).status).toBe(201);
});

test("orders that end without a certificate do not count against the domain", async () => {
  const ca = limited("certificatesPerRegisteredDomain");
  const signer = await ca.account();
  for (const name of ["a", "b", "c"]) expect((await ca.order(signer, [`${name}.example.gov`])).status).toBe(201);
});

test("certificates per exact set: in any order of names, renewals too, other sets not", async () => {
  const ca = limited("certificatesPerExactNameSet");
  const signer = await ca.account();
  await ca.obtain(signer, ["a.example.gov", "b.example.gov"]);
  await ca.obtain(signer, ["b.example.gov", "a.example.gov"]);
  expect(problemOf(await ca.order(signer, ["a.example.gov", "b.example.gov"]))).toEqual([429, "rateLimited"]);
  expect((await ca.order(signer, ["a.example.gov"])).status).toBe(201);
});

test("failed validations per account and name", async () => {
  const ca = limited("failedValidations");
  const signer = await ca.account();
  ca.dns.txtRecords.set("_acme-challenge.a.example.gov", "NXDOMAIN");
  for (let count = 0; count < 2; count++) await ca.prove(signer, await ca.order(signer, ["a.example.gov"]));
  expect(problemOf(await ca.order(signer, ["*.a.example.gov"]))).toEqual([429, "rateLimited"]);
  expect((await ca.order(signer, ["b.example.gov"])).status).toBe(201);
  expect((await ca.order(await ca.account(), ["a.example.gov"])).status).toBe(201);
});

test("new accounts per address; an existing one is no new one", async () => {
  const ca = limited("accountsPerAddress");
  const signer = new Signer();
  await ca.account(signer);
  await ca.account();
  signer.accountUrl = undefined;
  expect(problemOf(await ca.post(new Signer(), ca.urls.newAccount, { termsOfServiceAgreed: true }))).toEqual([
    429,
    "rateLimited",
  ]);
  expect((await ca.post(signer, ca.urls.newAccount, { termsOfServiceAgreed: true })).status).toBe(200);
});

test("an order with replaces is exempt from all of them, and its certificate counts for none", async () => {
  const ca = new CaInMemory({
    rateLimits: { ordersPerAccount: two, certificatesPerRegisteredDomain: two, certificatesPerExactNameSet: two },
  });
  const signer = await ca.account();
  let { certId } = await ca.obtain(signer, ["a.example.gov"]);
  for (let count = 0; count < 5; count++)
    ({ certId } = await ca.obtain(signer, ["a.example.gov"], { replaces: certId }));
  expect((await ca.order(signer, ["a.example.gov"])).status).toBe(201);
  await ca.obtain(signer, ["b.example.gov"]);
  expect((await ca.order(signer, ["c.example.gov"])).status).toBe(429);
  expect((await ca.order(signer, ["a.example.gov", "c.example.gov"], { replaces: certId })).status).toBe(201);
});

test.each<[keyof AcmeCaRateLimits, (ca: CaInMemory, signer: Signer) => Promise<{ status: number }>]>([
  ["newNonceRequests", (ca) => ca.send("HEAD", ca.urls.newNonce)],
  ["newOrderRequests", (ca, signer) => ca.order(signer, ["a.example.gov"])],
  ["renewalInfoRequests", (ca) => ca.send("GET", `${ca.urls.renewalInfo}/AAAA.AAAA`)],
])("%s per address: 503 with Retry-After beyond", async (name, request) => {
  const ca = new CaInMemory({ rateLimits: { [name]: { count: 2, perSeconds: 1 } } });
  const signer = await ca.account();
  for (let count = 0; count < 2; count++) expect((await request(ca, signer)).status).not.toBe(503);
  expect(await request(ca, signer)).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
  later(ca, 1);
  expect((await request(ca, signer)).status).not.toBe(503);
});
