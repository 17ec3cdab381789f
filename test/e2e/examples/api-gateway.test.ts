/** examples/api-gateway: domain names of both versions of API Gateway's API, and what each change plans. */
import { startExampleWorld, type ExampleWorld } from "../../support/examples/example-world";

let world: ExampleWorld;
beforeAll(async () => (world = await startExampleWorld()));
afterAll(() => world.close());

const toAcm = ["CertificateIssuer.letsEncrypt()", "CertificateIssuer.acm()"] as const;

test("applied, changed as the README says, moved to another issuer, destroyed", async () => {
  const example = await world.open("api-gateway");
  await example.apply();
  await example.expectEmptyPlan();
  const serials = () =>
    Promise.all(
      world.sandbox.account.domainNames.all().map(async ({ arn, name }) => (await world.handshake(arn, name)).serial),
    );
  const [issued] = world.sandbox.account.region("us-west-2").acm.all();
  const serial = issued?.material?.info.serial;
  expect(await serials()).toEqual([serial, serial]);

  const plans = await example.plansFor({
    "one more name in `domainNames`": ["[restName, httpName]", "[restName, httpName, `status.${zoneName}`]"],
    "`keyAlgorithm` to `RSA_2048`": ['"EC_prime256v1"', '"RSA_2048"'],
    "`issuer` to `CertificateIssuer.acm()`": toAcm,
    "`zoneName` to `example.org`": ['"example.gov"', '"example.org"'],
  });
  expect(plans.found).toEqual(plans.told);
  const refusals = await example.refusalsFor({
    "`keyAlgorithm` to `RSA_4096`": ['"EC_prime256v1"', '"RSA_4096"'],
    "a `region` for the certificate that is not the API's": ["zoneName }),", 'zoneName }), region: "us-east-1",'],
    "`domainNames` without one that is served": ["[restName, httpName]", "[restName]"],
  });
  expect(refusals.found).toEqual(refusals.told);

  await example.change(...toAcm);
  await example.apply();
  await example.expectEmptyPlan();
  expect(await serials()).not.toContain(serial);

  await example.destroy();
  expect(world.left()).toEqual({ aws: [], records: [], proofs: ["orders.example.gov", "search.example.gov"] });
});
