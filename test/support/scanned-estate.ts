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
