/** examples/nlb-sni-list: a certificate per service on one list, what each change plans, and what touches nobody else. */
import { startExampleWorld, type ExampleWorld } from "../../support/examples/example-world";
import { createNetworkLoadBalancer } from "../../support/examples/network-load-balancer";

let world: ExampleWorld;
beforeAll(async () => (world = await startExampleWorld()));
afterAll(() => world.close());

const oneMore = ["  search: {},\n", "  search: {},\n  tickets: {},\n"] as const;
const oneLess = ["  accounts: {},\n  billing:", "  billing:"] as const;
const services = (count: number) => Array.from({ length: count }, (_, index) => `  more${index}: {},\n`).join("");

test("applied, changed as the README says, one service at a time, destroyed", async () => {
  const { acm, elb } = world.sandbox.account.region();
  const environment = await createNetworkLoadBalancer(world.sandbox);
  world.forget();
  const example = await world.open("nlb-sni-list", { environment });
  await example.apply();
  await example.expectEmptyPlan();

  const { arn } = await example.terraform.attributes("aws_lb_listener.listener");
  const listener = elb.getListener(String(arn));
  /** First name of the certificate that a client gets. */
  const served = async (serverName?: string) => {
    const { serial } = await world.handshake(listener.arn, serverName);
    return acm.all().find(({ material }) => material?.info.serial === serial)?.material?.info.names[0];
  };
  for (const service of ["accounts", "billing", "catalog", "search", "status", "services"])
    expect(await served(`${service}.example.gov`)).toBe(`${service}.example.gov`);
  expect(await served("catalog.example.org")).toBe("catalog.example.gov");
  expect(await served()).toBe("services.example.gov");

  const plans = await example.plansFor({
    "one service more, `tickets`": oneMore,
    "one service less, `accounts`": oneLess,
    "one name less for `catalog`": ['"catalog.example.gov", "catalog.example.org"', '"catalog.example.gov"'],
    "`search` moves to the zone `example.org`": ["search: {}", 'search: { domainNames: ["search.example.org"] }'],
    "another `keyAlgorithm` for `billing`": ['"RSA_2048"', '"EC_secp384r1"'],
    "another `keyAlgorithm` for the default": [
      '["services.example.gov"],',
      '["services.example.gov"], keyAlgorithm: "RSA_3072",',
    ],
    "`accounts` to ACM": ["accounts: {}", "accounts: { issuer: CertificateIssuer.acm() }"],
    "`status` to Let's Encrypt": ["status: { issuer: CertificateIssuer.acm() }", "status: {}"],
  });
  expect(plans.found).toEqual(plans.told);
  const refusals = await example.refusalsFor({
    "26 services": [oneMore[0], oneMore[0] + services(21)],
    "`RSA_4096` for `billing`": ['"RSA_2048"', '"RSA_4096"'],
  });
  expect(refusals.found).toEqual(refusals.told);

  const before = listener.sniCertificateArns;
  await example.change(...oneMore);
  await example.change(...oneLess);
  await example.apply();
  await example.expectEmptyPlan();
  expect(await served("tickets.example.gov")).toBe("tickets.example.gov");
  await expect(served("accounts.example.gov")).rejects.toThrow(/altnames: DNS:services\.example\.gov$/);
  expect(listener.sniCertificateArns.filter((each) => before.includes(each))).toHaveLength(4);

  await example.destroy();
  expect(world.left()).toEqual({ aws: [], records: [], proofs: ["status.example.gov"] });
});
