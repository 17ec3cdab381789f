/**
 * Another issuer for a live service, by real terraform: one plan makes the new certificates, switches every attachment,
 * and only then lets go of the old ones, while handshakes with every listener go on succeeding.
 */
import type { TerraformStack } from "cdktf";
import { CertificateIssuer, ManagedCertificate, type DnsZone } from "../../constructs";
import { startLiveService, type LiveService } from "../support/live-service";

let service: LiveService;
beforeEach(async () => (service = await startLiveService()));
afterEach(() => service.close());

const issuedBy = (issuer: CertificateIssuer) => (stack: TerraformStack, zone: DnsZone) => ({
  web: new ManagedCertificate(stack, "web", { domainNames: ["app.example.gov", "*.app.example.gov"], zone, issuer }),
  api: new ManagedCertificate(stack, "api", { domainNames: ["api.example.gov"], zone, issuer }),
});

/** What every move changes of the listeners. The Classic Load Balancer of the stack ignores changes of its block. */
const switched = [
  "aws_lb_listener.alb: update",
  "aws_lb_listener.nlb: update",
  "aws_lb_listener_certificate.alb-sni: create then delete",
  "aws_lb_listener_certificate.shared-sni: create then delete",
  "unexpired_rollout.alb_Rollout: update",
  "unexpired_rollout.classic_Rollout: update",
  "unexpired_rollout.nlb_Rollout: update",
  "unexpired_rollout.old_Rollout: update",
  "unexpired_rollout.shared_Rollout: update",
];
const byAcme = ["unexpired_certificate.api", "unexpired_certificate.web"];
const byAcm = [
  "aws_acm_certificate.api_Acm",
  "aws_acm_certificate.web_Acm",
  "aws_acm_certificate_validation.api_Validation",
  "aws_acm_certificate_validation.web_Validation",
  "unexpired_dns_record.ValidationRecords_api_example_gov_Record",
  "unexpired_dns_record.ValidationRecords_app_example_gov_Record",
];
const planned = (changes: Readonly<Record<"create" | "delete", readonly string[]>>) =>
  [
    ...switched,
    ...changes.create.map((address) => `${address}: create`),
    ...changes.delete.map((address) => `${address}: delete`),
  ].sort();

test("from Let's Encrypt to ACM, and back", async () => {
  const { acme, files } = service.sandbox;
  const letsEncrypt = CertificateIssuer.acme({ directoryUrl: acme.directoryUrl, caFile: files.acmeCaFile });
  await service.open(issuedBy(letsEncrypt));
  expect(await service.issuers()).toEqual(["ACME"]);

  const toAcm = await service.move(issuedBy(CertificateIssuer.acm()));
  expect(toAcm.plan).toEqual(planned({ create: byAcm, delete: byAcme }));
  expect(toAcm.failures).toEqual([]);
  expect(toAcm.handshakes).toBeGreaterThan(100);
  expect(toAcm.deletions).toBe(2);
  expect(await service.issuers()).toEqual(["ACM"]);

  const back = await service.move(issuedBy(letsEncrypt));
  expect(back.plan).toEqual(planned({ create: byAcme, delete: byAcm }));
  expect(back.failures).toEqual([]);
  expect(back.handshakes).toBeGreaterThan(100);
  expect(back.deletions).toBe(2);
  expect(await service.issuers()).toEqual(["ACME"]);
});
