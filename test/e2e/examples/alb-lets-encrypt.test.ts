/** examples/alb-lets-encrypt as it stands in its folder: applied, served, planned again, destroyed. */
import { nameServersOf } from "../../support/provider-world";
import { startExampleWorld, type ExampleWorld } from "../../support/examples/example-world";

let world: ExampleWorld;
beforeAll(async () => (world = await startExampleWorld()));
afterAll(() => world.close());

test("two certificates, a default one and one that is chosen by name", async () => {
  const { sandbox } = world;
  const example = await world.open("alb-lets-encrypt", {
    settings: {
      ACME_DIRECTORY_URL: sandbox.acme.directoryUrl,
      ACME_CA_FILE: sandbox.files.acmeCaFile,
      EDGERC: sandbox.files.edgerc,
      EDGE_DNS_CA_FILE: sandbox.files.edgeDnsCaFile,
      NAME_SERVERS: nameServersOf(sandbox).join(","),
    },
    environment: { TF_VAR_load_balancer_arn: sandbox.loadBalancers.get("web") ?? "" },
  });
  await example.apply();
  await example.expectEmptyPlan();

  const { resource } = await example.synthesize();
  const [api = "", web = ""] = Object.keys(resource.unexpired_certificate ?? {}).sort();
  const serialOf = async (id: string) => (await example.terraform.attributes(`unexpired_certificate.${id}`)).serial;
  const { arn } = await example.terraform.attributes("aws_lb_listener.listener");
  const served = async (serverName?: string) => (await world.handshake(String(arn), serverName)).serial;
  for (const name of ["app.example.gov", "any.app.example.gov", undefined])
    expect(await served(name)).toBe(await serialOf(web));
  expect(await served("api.example.gov")).toBe(await serialOf(api));

  const ofWeb = "      zone,\n      issuer,\n";
  const plans = await example.plansFor({
    "one more name of `web`": ["`*.app.${zoneName}`]", "`*.app.${zoneName}`, `www.${zoneName}`]"],
    '`keyAlgorithm: "RSA_2048"` of `web`': [ofWeb, `${ofWeb}      keyAlgorithm: "RSA_2048",\n`],
    "`issuer` of `web` to `CertificateIssuer.acm()`": [ofWeb, "      zone,\n      issuer: CertificateIssuer.acm(),\n"],
    "`ZONE_NAME` to `example.org`": ['"example.gov"', '"example.org"'],
  });
  expect(plans.found).toEqual(plans.told);

  await example.destroy();
  expect(world.left()).toEqual({ aws: [], records: [], proofs: [] });
});
