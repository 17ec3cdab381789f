import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack, Testing } from "cdktf";
import {
  CertificateChecks,
  type CertificateChecksProps,
  CertificateIssuer,
  DnsZone,
  Listener,
  ListenerAttachment,
  ManagedCertificate,
  type ManagedCertificateProps,
  UnexpiredCertificate,
} from "../../../../constructs";
import { makeStack } from "../../../support/synthesize-stack";

const createBeforeDestroy = { lifecycle: { createBeforeDestroy: true } };

function zoneOf(stack: TerraformStack): DnsZone {
  const known = stack.node.tryFindChild("zone");
  return known instanceof DnsZone ? known : DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" });
}

const managed =
  (props: Partial<ManagedCertificateProps>, count = 1) =>
  (stack: TerraformStack) => {
    const zone = zoneOf(stack);
    for (let index = 0; index < count; index++)
      new ManagedCertificate(stack, `web-${index}`, {
        domainNames: [`app-${index}.example.gov`],
        zone,
        issuer: CertificateIssuer.letsEncrypt(),
        ...props,
      });
  };

const renewed = (daysBeforeExpiry: number, issuer = CertificateIssuer.letsEncrypt()) =>
  managed({ issuer, renewal: { daysBeforeExpiry } });

const privateCa = CertificateIssuer.acme({ directoryUrl: "https://ca.example.gov/directory" });

const entries = (count: number) => (stack: TerraformStack) => {
  const arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2";
  const listener = Listener.fromArn(stack, "shared", arn);
  for (let index = 0; index < count; index++) {
    const certificateArn = `arn:aws:acm:us-east-1:111122223333:certificate/0f-${index}`;
    const certificate = ManagedCertificate.fromArn(stack, `paid-${index}`, certificateArn);
    new ListenerAttachment(stack, `sni-${index}`, { certificate, listener, role: "sni" });
  }
};

const requested = (count: number) => (stack: TerraformStack) => {
  const subjectAlternativeNames = Array.from({ length: count }, (_, index) => `h${index}.example.gov`);
  const domainName = "h0.example.gov";
  new AcmCertificate(stack, "raw", {
    domainName,
    subjectAlternativeNames,
    validationMethod: "DNS",
    ...createBeforeDestroy,
  });
};

/** What is said about a stack, as `level path: …`. */
function findings(declare: (stack: TerraformStack) => void, props: CertificateChecksProps = {}, today = "2026-11-22") {
  const stack = makeStack();
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  declare(stack);
  const warnings: string[] = [];
  CertificateChecks.addTo(stack, {
    now: () => new Date(today),
    warn: (message) => warnings.push(message),
    ...props,
  });
  Testing.synth(stack);
  Testing.synth(stack);
  const said = stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type.startsWith("@cdktf/"))
    .map(({ type, data }) => `${type.replace("@cdktf/", "").replace(/^warn$/, "warning")} ${String(data)}`);
  return { said, warnings };
}

type Declare = (stack: TerraformStack) => void;

test.each<[string, Declare, CertificateChecksProps, RegExp]>([
  [
    "a raw certificate without create-before-destroy",
    (stack) => new AcmCertificate(stack, "raw", { domainName: "a.example.gov", validationMethod: "DNS" }),
    {},
    /^error infra\/raw: aws_acm_certificate is destroyed before .*\(Terraform language.*\); set lifecycle/,
  ],
  [
    "a raw SNI entry without it",
    (stack) => new LbListenerCertificate(stack, "raw", { certificateArn: "${a.b.c}", listenerArn: "${d.e.f}" }),
    {},
    /^error infra\/raw: aws_lb_listener_certificate .* no certificate serves the name/,
  ],
  [
    "our own resource without it",
    (stack) =>
      new UnexpiredCertificate(stack, "raw", {
        name: "raw",
        domainNames: ["a.example.gov"],
        issuer: { directoryUrl: "https://ca.example.gov" },
        zones: [],
      }),
    {},
    /^error infra\/raw: unexpired_certificate is destroyed before/,
  ],
  [
    "a wildcard where it is forbidden",
    managed({ domainNames: ["*.example.gov"] }),
    { allowWildcards: false },
    /^error infra\/web-0\/Resource: "\*\.example\.gov": wildcards are forbidden here/,
  ],
  [
    "a wildcard requested from ACM",
    managed({ domainNames: ["a.example.gov", "*.a.example.gov"], issuer: CertificateIssuer.acm() }),
    { allowWildcards: false },
    /^error infra\/web-0\/Acm: "\*\.a\.example\.gov": wildcards/,
  ],
  [
    "a fixed count that an announced lifetime overtakes",
    renewed(60),
    {},
    /^warning infra\/web-0: renewal: daysBeforeExpiry 60: from 2027-02-10 on its certificates live 64 days, so a new one is ordered every 4 days/,
  ],
  [
    "a fixed count beyond an announced lifetime",
    renewed(50),
    {},
    /^warning infra\/web-0: .* 50: from 2028-02-16 on its certificates live 45 days, so it has no meaning/,
  ],
  [
    "a fixed count beyond what any public CA may give",
    renewed(250, privateCa),
    {},
    /^warning infra\/web-0: .* 250: public CAs give at most 200 days, so it has no meaning \(CA\/B Baseline Requirements 6\.3\.2\)/,
  ],
  [
    "a fixed count beyond what any public CA will give",
    renewed(60, privateCa),
    {},
    /^warning infra\/web-0: .* 60: from 2029-03-15 on public CAs give at most 47 days/,
  ],
  [
    "no renewal",
    managed({ renewal: { enabled: false } }),
    {},
    /^warning infra\/web-0: nothing renews this certificate/,
  ],
  [
    "a validation record that goes",
    managed({ issuer: CertificateIssuer.acm(), removeValidationRecords: true }),
    {},
    /^warning infra\/ValidationRecords\/app-0_example_gov: the validation record of app-0\.example\.gov goes .*leave out removeValidationRecords/,
  ],
  [
    "a validation record in Route 53",
    (stack) => {
      const zone = DnsZone.route53(stack, "r53", { zoneName: "example.gov", hostedZoneId: "Z0123456789ABCDEFGHIJ" });
      managed({ issuer: CertificateIssuer.acm(), zone })(stack);
    },
    {},
    /^warning infra\/ValidationRecords\/app-0_example_gov: .*terraform state rm/,
  ],
  [
    "more names than ACM's default",
    requested(11),
    {},
    /^warning infra\/raw: 11 names, and ACM issues for 10 .*"Domain names per ACM certificate"/,
  ],
  ["more names than the quota", requested(51), { namesPerAcmCertificate: 50 }, /^error infra\/raw: 51 names, .* 50 /],
  [
    "a list that is nearly full",
    entries(20),
    {},
    /^warning infra: listener arn:.* has 20 certificates beside its default, and 25 is the most/,
  ],
  [
    "imports a year beyond the quota, six days at a time",
    managed({ issuer: CertificateIssuer.letsEncrypt({ profile: "shortlived" }) }, 46),
    {},
    /^error infra: 46 certificates make about 5037 imports a year in us-east-1, and 5000 is the most .*"Imported certificates per year".*longer lifetime/,
  ],
  [
    "imports a year near the quota",
    managed({ issuer: CertificateIssuer.letsEncrypt({ profile: "shortlived" }) }, 40),
    {},
    /^warning infra: 40 certificates make about 4380 imports a year/,
  ],
  [
    "more certificates than the quota",
    managed({ region: "eu-west-1" }, 3),
    { importedCertificates: 2 },
    /^error infra: 3 imported certificates in eu-west-1, and 2 is the most/,
  ],
])("%s", (_, declare, props, message) => {
  const { said, warnings } = findings(declare, props);
  expect(said.filter((each) => message.test(each))).toHaveLength(1);
  expect(said).toHaveLength(1);
  expect(warnings).toEqual(
    said.filter((each) => each.startsWith("warning")).map((each) => each.replace("warning ", "")),
  );
});

test.each<[string, Declare, CertificateChecksProps?]>([
  ["a certificate by default", managed({})],
  ["one that ACM issues", managed({ issuer: CertificateIssuer.acm() })],
  ["a wildcard", managed({ domainNames: ["*.example.gov"] })],
  ["a raw certificate done right", requested(10)],
  ["a raised quota", requested(50), { namesPerAcmCertificate: 50 }],
  ["a fixed count that stays good", renewed(21)],
  ["a lifetime that only the CA knows", renewed(46, privateCa)],
  ["a list with room", entries(19)],
  [
    "six days at a time, with a raised quota",
    managed({ issuer: CertificateIssuer.letsEncrypt({ profile: "shortlived" }) }, 46),
    { importsPerYear: 10_000 },
  ],
])("nothing is said of %s", (_, declare, props = {}) => {
  expect(findings(declare, props).said).toEqual([]);
});

test("the rule of the day counts", () => {
  expect(findings(renewed(60), {}, "2027-02-10").said).toEqual([
    expect.stringContaining("daysBeforeExpiry 60: its certificates live 64 days, so a new one is ordered every 4 days"),
  ]);
  expect(findings(renewed(60), {}, "2027-02-09").said).toEqual([expect.stringContaining("from 2027-02-10 on")]);
});

function stackWithWildcard(): TerraformStack {
  const stack = makeStack();
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  managed({ domainNames: ["*.example.gov"] })(stack);
  return stack;
}

test.each(["stack", "app"])("an error ends the synthesis of an app, with the checks on its %s", (which) => {
  const stack = stackWithWildcard();
  const app = stack.node.root as App;
  CertificateChecks.addTo(which === "app" ? app : stack, { allowWildcards: false });
  expect(() => app.synth()).toThrow(/wildcards are forbidden here/);
});

test("a stack that comes after the checks of its app is not checked, and that is an error", () => {
  const stack = stackWithWildcard();
  const app = stack.node.root as App;
  CertificateChecks.addTo(app);
  expect(() => app.synth()).not.toThrow();
  new TerraformStack(app, "late");
  expect(() => app.synth()).toThrow(/late: declared after CertificateChecks\.addTo/);
});
