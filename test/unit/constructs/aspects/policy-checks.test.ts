/** The table of decisions (test/vectors/policy), made at synthesis: the same findings with the same texts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack, Testing } from "cdktf";
import { z } from "zod";
import {
  CertificateIssuer,
  ClassicListener,
  DistributionAttachment,
  DnsZone,
  Listener,
  ListenerAttachment,
  ManagedCertificate,
  PolicyChecks,
  type PolicyChecksProps,
  UnexpiredCertificate,
} from "../../../../constructs";
import { parsePolicy } from "../../../../src/policy/parse-policy";
import { requestOf, requestShapes } from "../../../../src/policy/request-shape";
import { makeStack } from "../../../support/synthesize-stack";

const vectors = join(__dirname, "../../../vectors/policy");
const createBeforeDestroy = { lifecycle: { createBeforeDestroy: true } };

/** What is said at one construct, as `error …` and `warning …`; and what went to standard error. */
function saidOf(checks: (props: PolicyChecksProps) => PolicyChecks, declare: (stack: TerraformStack) => void) {
  const stack = makeStack();
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  declare(stack);
  const warnings: string[] = [];
  checks({ warn: (message) => warnings.push(message) }).addTo(stack);
  Testing.synth(stack);
  const said = stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type.startsWith("@cdktf/"))
    .map(({ type, data }) => `${type.replace("@cdktf/", "").replace(/^warn$/, "warning")} ${String(data)}`);
  return { said, warnings };
}

const shape = z.object({
  ...requestShapes,
  about: z.string(),
  at: z.string(),
  decision: z.object({ findings: z.array(z.string()) }),
});
type Case = z.infer<typeof shape>;

/** What a stack can say: a lifetime is the CA's, and of an attachment all is known here. */
const isDeclarable = ({ certificate, attachment }: Case) =>
  certificate !== undefined
    ? certificate.lifetimeDays === undefined &&
      certificate.issuer !== undefined &&
      certificate.keyAlgorithm !== undefined
    : attachment?.loadBalancer !== undefined && ["application-listener", "network-listener"].includes(attachment.kind);

const cases = ["agency", "open", "lenient"].flatMap((table) =>
  z
    .object({ policy: z.string(), cases: z.array(shape) })
    .parse(JSON.parse(readFileSync(join(vectors, `${table}.json`), "utf8")))
    .cases.filter(isDeclarable)
    .map((each) => ({ file: join(vectors, `${table}.yaml`), each, about: `${table}: ${each.about}` })),
);

function declare(stack: TerraformStack, file: string, each: Case): void {
  const request = requestOf(parsePolicy(readFileSync(file, "utf8"), file), each, new Date(each.at));
  const { names } = request;
  if (request.kind === "certificate" && request.issuer?.kind === "acme") {
    const { keyAlgorithm, issuer } = request;
    const { directoryUrl, profile } = issuer;
    const config = { name: "it", domainNames: names, keyAlgorithm, issuer: { directoryUrl, profile }, zones: [] };
    new UnexpiredCertificate(stack, "it", { ...config, ...createBeforeDestroy });
  } else if (request.kind === "certificate") {
    const [domainName] = names;
    const { keyAlgorithm } = request;
    const config = { domainName, subjectAlternativeNames: [...names], validationMethod: "DNS", keyAlgorithm };
    new AcmCertificate(stack, "it", { ...config, ...createBeforeDestroy });
  } else if (request.kind === "attachment") {
    const { region = "", accountId = "", servingKind, loadBalancer = "" } = request;
    const place = `${servingKind === "network-listener" ? "net" : "app"}/${loadBalancer}/50dc6c495c0c9188/f2f7dc8efc522ab2`;
    const arn = `arn:aws:elasticloadbalancing:${region}:${accountId}:listener/${place}`;
    const listener = Listener.fromArn(stack, "listener", arn);
    const certificateArn = `arn:aws:acm:${region}:${accountId}:certificate/0f`;
    const certificate = ManagedCertificate.fromArn(stack, "certificate", certificateArn);
    Object.assign(certificate, { domainNames: names });
    new ListenerAttachment(stack, "it", { certificate, listener, role: "sni" });
  }
}

test("most certificates of the table, and attachments of every rule", () => {
  const kinds = cases.map(({ each }) => (each.certificate === undefined ? "attachment" : "certificate"));
  expect(kinds.filter((kind) => kind === "certificate").length).toBeGreaterThanOrEqual(30);
  expect(kinds.filter((kind) => kind === "attachment").length).toBeGreaterThanOrEqual(8);
});

test.each(cases)("$about", ({ file, each }) => {
  const { owner, tier } = each.certificate ?? each.attachment ?? {};
  const { said, warnings } = saidOf(
    (props) => PolicyChecks.fromFile(file, { ...props, owner, tier, now: () => new Date(each.at) }),
    (stack) => declare(stack, file, each),
  );
  const expected = each.decision.findings.map((finding) => {
    const [, effect = "", text = ""] = /^(\w+): ([^]*)$/.exec(finding) ?? [];
    return `${effect === "deny" ? "error" : "warning"} infra/it: ${text.replaceAll("policy.yaml:", `${file}:`)}`;
  });
  expect(said).toEqual(expected);
  expect(warnings).toEqual(said.flatMap((line) => (line.startsWith("warning ") ? [line.slice(8)] : [])));
});

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

test("a policy that is not there, or wrong, is told before anything is synthesized", () => {
  expect(() => PolicyChecks.fromFile("nowhere.yaml")).toThrow(/cannot read the policy file: .*nowhere\.yaml/);
  expect(() => PolicyChecks.of({ tiers: ["a", "a"] })).toThrow('policy: tiers[1]: "a" is there already');
});
