/** Estates as a scan would find them, for tests of what is made of a scan. The scan's moment is `now`. */
import type {
  Attachment,
  Estate,
  ScannedCertificate,
  ServedCertificate,
  ServingPoint,
  WireObservation,
} from "../../src/manage-certs/scan/estate";
import { decideRenewal } from "../../src/certificates/decide-renewal";
import { EstateView } from "../../src/manage-certs/findings/estate-view";
import { apply } from "../../src/manage-certs/findings/find-all";
import type { Finding, FindingRule } from "../../src/manage-certs/findings/finding";
import { teamOf } from "../../src/manage-certs/scan/team-of";

export const now = new Date("2026-06-01T00:00:00Z");

export const inDays = (days: number) => new Date(now.getTime() + days * 24 * 3600_000);

/** An import of 90 days, 60 of which are left, that nothing uses yet. */
export function certificate(id: string, facts: Partial<ScannedCertificate> = {}): ScannedCertificate {
  const dates: Pick<ScannedCertificate, "notBefore" | "notAfter"> = {
    notBefore: inDays(-30),
    notAfter: inDays(60),
    ...facts,
  };
  const { notBefore, notAfter } = dates;
  return {
    arn: `arn:aws:acm:us-east-1:111122223333:certificate/${id}`,
    accountId: "111122223333",
    region: "us-east-1",
    origin: "imported",
    names: [`${id}.example.gov`],
    issuer: "R10",
    keyAlgorithm: "EC_prime256v1",
    serial: serialOf(id),
    status: "ISSUED",
    importedAt: notBefore,
    inUseBy: [],
    tags: {},
    owner: "nobody",
    chain: { intermediates: 1 },
    validation: [],
    renewal: notBefore && notAfter && decideRenewal({ notBefore, notAfter }, {}, undefined, now),
    ...dates,
  };
}

function serialOf(id: string): string {
  return Buffer.from(id).toString("hex");
}

export function listener(name: string, facts: Partial<ServingPoint> = {}): ServingPoint {
  const arn = `arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/${name}/0123456789abcdef`;
  return {
    id: `${arn.replace("loadbalancer", "listener")}/fedcba9876543210`,
    kind: "application-listener",
    name: `${name}:443`,
    arn,
    accountId: "111122223333",
    region: "us-east-1",
    hostName: `${name}-1.us-east-1.elb.amazonaws.com`,
    port: 443,
    names: [],
    tags: {},
    ...facts,
  };
}

export function attach(point: ServingPoint, fallback: ScannedCertificate, ...sni: ScannedCertificate[]): Attachment[] {
  return [
    { point, role: "default", certificateArn: fallback.arn },
    ...sni.map(({ arn }) => ({ point, role: "sni", certificateArn: arn }) as const),
  ];
}

/** A handshake that gave this certificate with its intermediate, or `chain` of other length. */
export function observed(
  point: ServingPoint,
  served: ScannedCertificate,
  facts: Partial<Pick<WireObservation, "serverName" | "address">> & { refusal?: string; bare?: boolean } = {},
): WireObservation {
  const { serverName, address = "192.0.2.1", refusal, bare } = facts;
  const leaf: ServedCertificate = {
    serial: served.serial ?? "",
    subject: served.names[0] ?? "",
    issuer: served.issuer ?? "",
    notAfter: served.notAfter ?? now,
    names: served.names,
  };
  const intermediate = { serial: "01", subject: "R10", issuer: "Root", notAfter: inDays(1000), names: [] };
  const chain = bare ? [leaf] : [leaf, intermediate];
  return { point, address, port: point.port, serverName, outcome: { state: "served", chain, refusal } };
}

export function estate(facts: Partial<Estate> = {}): Estate {
  const attachments = facts.attachments ?? [];
  return {
    scannedAt: now,
    certificates: [],
    servingPoints: [...new Set(attachments.map(({ point }) => point))],
    attachments,
    observations: [],
    usage: [],
    failures: [],
    ...facts,
  };
}

/** What one rule says of an estate. */
export function found(rule: FindingRule, facts: Partial<Estate>): Finding[] {
  return apply(rule, new EstateView(estate(facts)));
}

/** Some of everything: a default and an SNI entry that is over, what ACM issues, an orphan, a region that failed. */
export const bigEstate: Estate = (() => {
  const web = listener("web");
  const edge = listener("d", {
    kind: "distribution",
    id: "arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZL",
    arn: "arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZL",
    name: "E2QWRUHAPOMQZL",
    region: "aws-global",
    names: ["www.example.gov"],
  });
  const main = certificate("main", {
    names: ["main.example.gov", "*.example.gov"],
    tags: { team: "web" },
    owner: "terraform",
  });
  const over = certificate("over", { notBefore: inDays(-93), notAfter: inDays(-3), status: "EXPIRED" });
  const due = certificate("www", { notBefore: inDays(-65), notAfter: inDays(25), keyAlgorithm: "RSA_2048" });
  const issued = certificate("issued", {
    origin: "amazon-issued",
    owner: "acm",
    notBefore: inDays(-10),
    notAfter: inDays(188),
    chain: undefined,
    acmRenewal: { eligible: true },
    inUseBy: ["arn:aws:cognito-idp:us-east-1:111122223333:userpool/x"],
  });
  const lost = certificate("lost", { notBefore: inDays(-20), notAfter: inDays(70) });
  return estate({
    certificates: [main, over, due, issued, lost],
    attachments: [...attach(web, main, over), ...attach(edge, due)],
    observations: [
      observed(web, main),
      observed(web, over, { serverName: "over.example.gov", refusal: "the certificate has expired" }),
    ],
    usage: [{ accountId: "111122223333", region: "us-east-1", quota: "certificates", used: 5, limit: 2500 }],
    failures: [
      {
        accountId: "999988887777",
        service: "sts",
        error: { code: "aws_denied", message: "AWS denied sts:AssumeRole", hint: "allow it" },
      },
    ],
  });
})();

/** The same where the configuration says whose some of it is: what is over, and what ACM issued. */
export const sharedEstate: Estate = {
  ...bigEstate,
  certificates: bigEstate.certificates.map((each) => ({
    ...each,
    team: teamOf(each.names, [
      { names: ["over.example.gov"], owner: "Payments", contact: "pay@example.gov" },
      { names: ["issued.example.gov", "main.example.gov"], owner: "Web" },
    ]),
  })),
};
