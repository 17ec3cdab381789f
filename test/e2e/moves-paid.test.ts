/** From an imported certificate of a paid CA to ACM, under handshakes: one that others keep, and one that the stack imported. */
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import type { TerraformStack } from "cdktf";
import { CertificateIssuer, ManagedCertificate, type DnsZone } from "../../constructs";
import type { CertificateMaterial } from "../../src/aws/certificate-material";
import { materialOf } from "../support/emulated-aws";
import { startLiveService, type LiveService } from "../support/live-service";
import { createTestCa } from "../support/test-certificates";

const webNames = ["app.example.gov", "*.app.example.gov"];
const apiNames = ["api.example.gov"];

let paid: { readonly web: CertificateMaterial; readonly api: CertificateMaterial };
let service: LiveService;

beforeEach(async () => {
  const ca = await createTestCa();
  paid = { web: await materialOf(ca, { names: webNames }), api: await materialOf(ca, { names: apiNames }) };
  service = await startLiveService({ roots: ca.rootPem });
});
afterEach(() => service.close());

const byAcm = (stack: TerraformStack, zone: DnsZone) => {
  const issuer = CertificateIssuer.acm();
  return {
    web: new ManagedCertificate(stack, "web", { domainNames: webNames, zone, issuer }),
    api: new ManagedCertificate(stack, "api", { domainNames: apiNames, zone, issuer }),
  };
};

const made = [
  "aws_acm_certificate.api_Acm: create",
  "aws_acm_certificate.web_Acm: create",
  "aws_acm_certificate_validation.api_Validation: create",
  "aws_acm_certificate_validation.web_Validation: create",
];
const switched = [
  "aws_lb_listener.alb: update",
  "aws_lb_listener.nlb: update",
  "aws_lb_listener_certificate.alb-sni: create then delete",
  "aws_lb_listener_certificate.shared-sni: create then delete",
  "unexpired_dns_record.ValidationRecords_api_example_gov_Record: create",
  "unexpired_dns_record.ValidationRecords_app_example_gov_Record: create",
  "unexpired_rollout.alb_Rollout: update",
  "unexpired_rollout.classic_Rollout: update",
  "unexpired_rollout.nlb_Rollout: update",
  "unexpired_rollout.old_Rollout: update",
  "unexpired_rollout.shared_Rollout: update",
];

test("one that others keep goes on existing, and is served no more", async () => {
  const { acm, elb } = service.sandbox.account.region();
  const web = await service.importByHand(paid.web);
  const api = await service.importByHand(paid.api);
  await service.open((stack) => ({
    web: ManagedCertificate.fromArn(stack, "web", web),
    api: ManagedCertificate.fromArn(stack, "api", api),
  }));
  expect(await service.issuers()).toEqual(["imported"]);

  const move = await service.move(byAcm);
  expect(move.plan).toEqual([...made, ...switched]);
  expect(move.failures).toEqual([]);
  expect(move.handshakes).toBeGreaterThan(100);
  expect(move.deletions).toBe(0);
  expect(await service.issuers()).toEqual(["ACM"]);
  for (const arn of [web, api]) {
    expect(acm.find(arn)).toBeDefined();
    expect(elb.listenersUsing(arn)).toEqual([]);
  }
});

test("one that the stack imported is deleted in the same apply, last", async () => {
  const imported = (stack: TerraformStack, id: string, material: CertificateMaterial) => {
    const certificate = new AcmCertificate(stack, `paid-${id}`, {
      certificateBody: material.certificatePem,
      certificateChain: material.chainPem,
      privateKey: material.privateKeyPem,
      lifecycle: { createBeforeDestroy: true },
    });
    return ManagedCertificate.fromArn(stack, id, certificate.arn);
  };
  await service.open((stack) => ({ web: imported(stack, "web", paid.web), api: imported(stack, "api", paid.api) }));
  expect(await service.issuers()).toEqual(["imported"]);

  const move = await service.move(byAcm);
  const deleted = ["aws_acm_certificate.paid-api: delete", "aws_acm_certificate.paid-web: delete"];
  expect(move.plan).toEqual([...made, ...deleted, ...switched].sort());
  expect(move.failures).toEqual([]);
  expect(move.handshakes).toBeGreaterThan(100);
  expect(move.deletions).toBe(2);
  expect(await service.issuers()).toEqual(["ACM"]);
});
