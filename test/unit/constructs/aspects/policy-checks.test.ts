/** How checks are told; that they decide as every place does is in test/unit/policy/four-places.test.ts. */
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { IamServerCertificate } from "@cdktf/provider-aws/lib/iam-server-certificate";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import {
  CertificateIssuer,
  ClassicListener,
  DistributionAttachment,
  DnsZone,
  ListenerAttachment,
  ManagedCertificate,
  PolicyChecks,
} from "../../../../constructs";
import { createTestCa } from "../../../support/test-certificates";
import { saidOf } from "../../../support/policy-places/at-synthesis";

test("a managed certificate is told by its own path, once; a policy may be an object", () => {
  const { said } = saidOf(
    (props) => PolicyChecks.of({ certificates: [{ keyAlgorithms: ["RSA_2048"] }] }, props),
    (stack) => {
      const zone = DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" });
      for (const [id, issuer] of [
        ["a", CertificateIssuer.letsEncrypt()] as const,
        ["b", CertificateIssuer.acm()] as const,
      ])
        new ManagedCertificate(stack, id, { domainNames: [`${id}.example.gov`], zone, issuer });
    },
  );
  const text = "a key EC_prime256v1 is not allowed, only RSA_2048";
  const rule = "(policy/key-algorithm-not-allowed, policy certificates[0].keyAlgorithms)";
  const fix = "set the key algorithm to RSA_2048";
  expect(said).toEqual(["a", "b"].map((id) => `error infra/${id}: ${text} ${rule}; ${fix}`));
});

test("attachments of each kind: what is known at synthesis is judged", () => {
  const { said } = saidOf(
    (props) => PolicyChecks.of({ attachments: [{ kinds: ["rest-domain-name"], regions: ["eu-*"] }] }, props),
    (stack) => {
      const certificate = (region: string) => {
        const arn = `arn:aws:acm:${region}:111122223333:certificate/0f`;
        const made = ManagedCertificate.fromArn(stack, `certificate-${region}`, arn);
        return Object.assign(made, { domainNames: ["a.example.gov"] });
      };
      const [here, edge] = [certificate("eu-west-1"), certificate("us-east-1")];
      const declared = {
        loadBalancerArn: "${a.b.c}",
        protocol: "TLS",
        port: 443,
        defaultAction: [{ type: "forward" }],
      };
      const network = new LbListener(stack, "tls", declared);
      const unknown = new LbListener(stack, "unknown", { ...declared, protocol: "${var.protocol}" });
      new ListenerAttachment(stack, "network", { certificate: here, listener: network });
      new ListenerAttachment(stack, "any", { certificate: here, listener: unknown });
      const classic = ClassicListener.fromAttributes(stack, "old", {
        loadBalancerName: "old",
        port: 443,
        region: "eu-west-1",
      });
      new ListenerAttachment(stack, "classic", { certificate: here, listener: classic });
      const distribution = new CloudfrontDistribution(stack, "website", {
        enabled: true,
        defaultCacheBehavior: {
          allowedMethods: ["GET", "HEAD"],
          cachedMethods: ["GET", "HEAD"],
          targetOriginId: "o",
          viewerProtocolPolicy: "redirect-to-https",
        },
        origin: [{ domainName: "o.example.gov", originId: "o" }],
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: {},
      });
      new DistributionAttachment(stack, "cdn", { certificate: edge, distribution });
    },
  );
  expect(said.map((line) => line.split(", policy ")[0])).toEqual([
    "error infra/network: the kind of listener network-listener is not allowed, only rest-domain-name (policy/kind-not-allowed",
    "error infra/classic: the kind of listener classic-listener is not allowed, only rest-domain-name (policy/kind-not-allowed",
    "error infra/cdn: the region aws-global is not allowed, only eu-* (policy/region-not-allowed",
  ]);
});

test("an import is judged by what it says of itself; a private CA is not ACM's own", async () => {
  const ca = await createTestCa();
  const { leafPem: certificateBody } = await ca.leaf({ names: ["evil.test"], key: "RSA_2048" });
  const lifecycle = { createBeforeDestroy: true };
  const { said } = saidOf(
    (props) =>
      PolicyChecks.of(
        {
          issuers: [{ name: "acm" }],
          owners: [{ name: "web", contact: "web", names: ["*.example.gov"] }],
          certificates: [{ keyAlgorithms: ["RSA_2048"], lifetimeDays: { max: 100 } }],
        },
        props,
      ),
    (stack) => {
      const privateKey = "${var.key}";
      new AcmCertificate(stack, "acm", { certificateBody, privateKey, lifecycle });
      new IamServerCertificate(stack, "iam", { certificateBody, privateKey, lifecycle });
      const certificateAuthorityArn = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/0f";
      new AcmCertificate(stack, "private", { domainName: "a.example.gov", certificateAuthorityArn, lifecycle });
    },
  );
  const rules = said.map((line) => /^(error infra\/\w+): .*\((policy\/[\w-]+)/.exec(line)?.slice(1).join(" "));
  expect(rules.filter((each) => each !== undefined)).toEqual([
    "error infra/acm policy/name-not-owned",
    "error infra/acm policy/lifetime-too-long",
    "error infra/iam policy/name-not-owned",
    "error infra/iam policy/lifetime-too-long",
    "error infra/private policy/issuer-not-allowed",
  ]);
});

test("warnings go to standard error as well", () => {
  const { said, warnings } = saidOf(
    (props) => PolicyChecks.of({ enforcement: "warn", certificates: [{ keyAlgorithms: ["RSA_2048"] }] }, props),
    (stack) => {
      const zone = DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" });
      const issuer = CertificateIssuer.letsEncrypt();
      new ManagedCertificate(stack, "a", { domainNames: ["a.example.gov"], zone, issuer });
    },
  );
  expect(said).toEqual([expect.stringContaining("warning infra/a: a key EC_prime256v1 is not allowed")]);
  expect(warnings).toEqual(said.map((line) => line.replace("warning ", "")));
});

test("a policy that is not there, or wrong, is told before anything is synthesized", () => {
  expect(() => PolicyChecks.fromFile("nowhere.yaml")).toThrow(/cannot read the policy file: .*nowhere\.yaml/);
  expect(() => PolicyChecks.of({ tiers: ["a", "a"] })).toThrow('policy: tiers[1]: "a" is there already');
});
