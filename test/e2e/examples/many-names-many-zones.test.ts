/** examples/many-names-many-zones: names in zones of Edge DNS and Route 53, and records that certificates share. */
import { startExampleWorld, type ExampleWorld } from "../../support/examples/example-world";
import { createHostedZone } from "../../support/examples/made-before";

let world: ExampleWorld;
beforeAll(async () => (world = await startExampleWorld()));
afterAll(() => world.close());

const staff = `    const staff = new ManagedCertificate(this, "staff", {
      domainNames: ["*.example.com", "staff.example.org"],
      zones,
      issuer: CertificateIssuer.acm(),
    });
    new ListenerAttachment(this, "https-staff", { certificate: staff, listener, role: "sni" });

`;
const website = ['"www.example.org"],\n      zones,\n      issuer: CertificateIssuer.', "acm()"] as const;
const mailToAcm = ["CertificateIssuer.letsEncrypt()", "CertificateIssuer.acm()"] as const;

test("applied, changed as the README says, one certificate removed from two that share a record, destroyed", async () => {
  const { sandbox } = world;
  const { acm } = sandbox.account.region();
  const zoneId = await createHostedZone(sandbox, "example.com");
  world.forget();
  const example = await world.open("many-names-many-zones", {
    environment: {
      TF_VAR_load_balancer_arn: sandbox.loadBalancers.get("web") ?? "",
      TF_VAR_hosted_zone_id: zoneId,
    },
  });
  await example.apply();
  await example.expectEmptyPlan();

  const { arn } = await example.terraform.attributes("aws_lb_listener.listener");
  /** First name of the certificate that a client gets. */
  const served = async (serverName?: string) => {
    const { serial } = await world.handshake(String(arn), serverName);
    return acm.all().find(({ material }) => material?.info.serial === serial)?.material?.info.names[0];
  };
  for (const name of ["example.com", "example.gov", "any.example.gov", "www.example.org", undefined])
    expect([name, await served(name)]).toEqual([name, "example.com"]);
  for (const name of ["any.example.com", "staff.example.org"]) expect(await served(name)).toBe("*.example.com");
  for (const name of ["mail.example.org", "any.mail.example.org", "any.mail.example.com"])
    expect(await served(name)).toBe("mail.example.org");
  const inRoute53 = () => {
    const sets = sandbox.account.hostedZones.get(zoneId).all();
    return sets.filter(({ type }) => type === "CNAME").map(({ name }) => name.replace(/^_[0-9a-f]+\./, ""));
  };
  expect(inRoute53()).toEqual(["example.com"]);
  expect([...world.left().proofs].sort()).toEqual([
    "example.com",
    "example.gov",
    "staff.example.org",
    "www.example.org",
  ]);

  const plans = await example.plansFor({
    "one more name for `mail`": ['["mail.example.org"', '["mail.example.org", "imap.example.org"'],
    "one more name for `website`": ['"www.example.org"', '"www.example.org", "news.example.org"'],
    "`keyAlgorithm` of `mail` to `RSA_2048`": [mailToAcm[0], `${mailToAcm[0]}, keyAlgorithm: "RSA_2048"`],
    "`issuer` of `mail` to `CertificateIssuer.acm()`": mailToAcm,
    "`issuer` of `website` to `CertificateIssuer.letsEncrypt()`": [website.join(""), `${website[0]}letsEncrypt()`],
    "the zone `example.org` to Route 53": [
      'DnsZone.edgeDns(this, "org", { zoneName: "example.org" })',
      'DnsZone.route53(this, "org", { zoneName: "example.org", hostedZoneId: "Z0123456789ABCDEFGHIJ" })',
    ],
    "one certificate less, `staff`": [staff, ""],
  });
  expect(plans.found).toEqual(plans.told);
  const refusals = await example.refusalsFor({
    "a name that no zone holds": ['["mail.example.org"', '["mail.example.net"'],
  });
  expect(refusals.found).toEqual(refusals.told);

  await example.change(staff, "");
  await example.change(...mailToAcm);
  await example.apply();
  await example.expectEmptyPlan();
  expect(inRoute53()).toEqual(["example.com", "mail.example.com"]);
  expect(await served("example.com")).toBe("example.com");
  expect(await served("any.mail.example.com")).toBe("mail.example.org");

  await example.destroy();
  expect(inRoute53()).toEqual([]);
  const { proofs, ...rest } = world.left();
  expect(rest).toEqual({ aws: [], records: [] });
  expect([...proofs].sort()).toEqual(["example.gov", "mail.example.org", "staff.example.org", "www.example.org"]);
});
