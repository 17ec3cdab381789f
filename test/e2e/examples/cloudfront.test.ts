/** examples/cloudfront: a certificate in us-east-1 for a stack of another region, and what each change plans. */
import { startExampleWorld, type ExampleWorld } from "../../support/examples/example-world";

let world: ExampleWorld;
beforeAll(async () => (world = await startExampleWorld()));
afterAll(() => world.close());

const toLetsEncrypt = ["CertificateIssuer.acm()", "CertificateIssuer.letsEncrypt()"] as const;

test("applied, changed as the README says, moved to another issuer, destroyed", async () => {
  const example = await world.open("cloudfront");
  await example.apply();
  await example.expectEmptyPlan();
  const [distribution] = world.sandbox.account.distributions.all();
  const served = async () => (await world.handshake(distribution?.arn ?? "", "www.example.gov")).serial;
  const [issued] = world.sandbox.account.region("us-east-1").acm.all();
  expect(await served()).toBe(issued?.material?.info.serial);

  const plans = await example.plansFor({
    "one more name in `names`": ["[`www.${zoneName}`]", "[`www.${zoneName}`, `static.${zoneName}`]"],
    "`keyAlgorithm` to `RSA_2048`": ['"EC_prime256v1"', '"RSA_2048"'],
    "`issuer` to `CertificateIssuer.letsEncrypt()`": toLetsEncrypt,
    "`zoneName` to `example.org`": ['"example.gov"', '"example.org"'],
  });
  expect(plans.found).toEqual(plans.told);
  const refusals = await example.refusalsFor({
    "`region` to `eu-central-1`": ['"us-east-1"', '"eu-central-1"'],
    "`keyAlgorithm` to `EC_secp384r1`": ['"EC_prime256v1"', '"EC_secp384r1"'],
  });
  expect(refusals.found).toEqual(refusals.told);

  await example.change(...toLetsEncrypt);
  await example.apply();
  await example.expectEmptyPlan();
  expect(await served()).not.toBe(issued?.material?.info.serial);

  await example.destroy();
  expect(world.left()).toEqual({ aws: [], records: [], proofs: ["www.example.gov"] });
});
