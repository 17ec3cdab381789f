/** examples/classic-elb: Classic Load Balancers of one's own and of somebody else, whose listeners are never without one. */
import { startExampleWorld, type ExampleWorld } from "../../support/examples/example-world";
import { createClassicLoadBalancer, importPaidCertificate } from "../../support/examples/made-before";

let world: ExampleWorld;
beforeAll(async () => (world = await startExampleWorld()));
afterAll(() => world.close());

const toAcm = ["CertificateIssuer.letsEncrypt()", "CertificateIssuer.acm()"] as const;

test("applied, changed as the README says, moved to another issuer in place, destroyed", async () => {
  const { sandbox } = world;
  const { acm, classicElb } = sandbox.account.region();
  const paid = await importPaidCertificate(sandbox, "wiki.example.gov");
  await createClassicLoadBalancer(sandbox, "wiki", paid);
  await createClassicLoadBalancer(sandbox, "old-wiki", paid);
  world.forget();

  const example = await world.open("classic-elb");
  await example.apply();
  await example.expectEmptyPlan();
  const certificateOf = (name: string) => classicElb.get(name).listeners.get(443)?.certificateArn ?? "";
  /** Both listeners serve a certificate of this key for their name; its ARNs. */
  const expectServed = async (keyAlgorithm: string) => {
    for (const name of ["portal", "wiki"]) {
      const { serial } = await world.handshake(`${classicElb.arnOf({ name })}:443`, `${name}.example.gov`);
      expect(acm.get(certificateOf(name)).material?.info).toMatchObject({ serial, keyAlgorithm });
    }
    return [certificateOf("portal"), certificateOf("wiki")];
  };
  const first = await expectServed("RSA_2048");

  const plans = await example.plansFor({
    "one more name for `portal`": ["[`portal.${zoneName}`]", "[`portal.${zoneName}`, `start.${zoneName}`]"],
    "`keyAlgorithm` to `RSA_3072`": ['"RSA_2048"', '"RSA_3072"'],
    "`issuer` to `CertificateIssuer.acm()`": toAcm,
    "`zoneName` to `example.org`": ['"example.gov"', '"example.org"'],
    "another load balancer instead of `wiki`": ['loadBalancerName: "wiki"', 'loadBalancerName: "old-wiki"'],
  });
  expect(plans.found).toEqual(plans.told);
  const refusals = await example.refusalsFor({
    "`wiki` on the list of its listener": ["certificate: wiki,", 'certificate: wiki, role: "sni",'],
    "a port that is not declared": ["loadBalancer, 443", "loadBalancer, 8443"],
  });
  expect(refusals.found).toEqual(refusals.told);

  await example.change(...toAcm);
  await example.apply();
  await example.expectEmptyPlan();
  for (const arn of await expectServed("RSA_2048")) expect(first).not.toContain(arn);
  const asked = sandbox.gate.history.map(({ operation }) => operation);
  expect(asked).toContain("SetLoadBalancerListenerSSLCertificate");
  expect(asked).not.toContain("DeleteLoadBalancerListeners");

  await example.destroy();
  expect(certificateOf("wiki")).toBe(paid);
  expect(world.left()).toEqual({ aws: [], records: [], proofs: ["portal.example.gov", "wiki.example.gov"] });
});
