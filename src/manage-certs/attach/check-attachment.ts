/** What keeps a certificate from a listener, known before anything is changed. Pure. */
import { globalRegion } from "../../aws/global-region";
import type { KeyAlgorithm } from "../../certificates/key-algorithm";
import { winnerOver } from "../findings/rules/shadowed";
import { isDated, type Dated, type EstateView, type Held } from "../findings/estate-view";
import { holds } from "../findings/holds";
import { date, nameOfCertificate } from "../findings/words";
import type { Attachment, ScannedCertificate, ServingPoint } from "../scan/estate";
import type { AttachmentAction, AttachmentWishes } from "./attachment-plan";

export type Blocked = Extract<AttachmentAction, { kind: "blocked" }>;

const unusable = (why: string, hint: string): Blocked => ({ kind: "blocked", code: "certificate_unusable", why, hint });

/** Whether a listener has a list beside its default; everything else has one certificate. */
export function hasList({ kind }: ServingPoint): boolean {
  return kind === "application-listener" || kind === "network-listener";
}

/** The first reason why a certificate cannot be anywhere now. */
export function checkCertificate(certificate: ScannedCertificate, now: Date): Dated | Blocked {
  const { status, arn } = certificate;
  if (status !== "ISSUED" || !isDated(certificate))
    return unusable(`${arn} is ${status} and cannot serve`, "attach one that is issued and valid");
  const { notBefore, notAfter } = certificate;
  if (now < notBefore) return unusable(`${arn} is not valid before ${date(notBefore)}`, "wait until then");
  if (now < notAfter) return certificate;
  return unusable(`${arn} ended on ${date(notAfter)}`, `renew it first: manage-certs renew --only ${arn} --apply`);
}

/** The first reason why a certificate cannot be at this place. */
export function checkPlace(
  certificate: Dated,
  held: Held,
  role: Attachment["role"],
  view: EstateView,
  { role: wished, certificatesPerLoadBalancer: quota }: Omit<AttachmentWishes, "detachOld">,
): Blocked | undefined {
  const { point } = held;
  const { arn } = certificate;
  if (point.accountId !== certificate.accountId) {
    const why = `it is in account ${point.accountId}, and ${arn} in ${certificate.accountId}`;
    return { kind: "blocked", code: "aws_wrong_account", why, hint: "a certificate serves in its own account alone" };
  }
  const region = regionFor(point, certificate.region);
  if (region !== certificate.region)
    return unusable(
      `it takes certificates of ${region}, and this one is in ${certificate.region}`,
      `issue one there: manage-certs issue ${certificate.names.join(" ")} --attach ${point.name} --regions ${region}`,
    );
  if (certificate.keyAlgorithm !== undefined && !keysOf(point).includes(certificate.keyAlgorithm))
    return unusable(
      `it takes no ${certificate.keyAlgorithm} key`,
      `use a certificate with one of ${keysOf(point).join(", ")}`,
    );
  if (!hasList(point) && wished !== "default")
    return wished === "sni"
      ? unusable("it has one certificate and no list", "say --default to replace that one")
      : unusable("it has one certificate, which this one would replace", "say --default if that is meant");
  const missing = point.names.filter((name) => !holds(certificate.names, name));
  if (missing.length > 0)
    return unusable(
      `clients ask it for ${missing.join(", ")}, which the certificate does not hold`,
      "use a certificate that holds every name it serves",
    );
  return role === "sni" ? checkList(certificate, held, view, quota) : undefined;
}

function checkList(certificate: Dated, held: Held, view: EstateView, quota: number): Blocked | undefined {
  const { point } = held;
  const siblings = view.estate.attachments.filter((each) => each.role === "sni" && each.point.arn === point.arn);
  if (siblings.length >= quota)
    return {
      kind: "blocked",
      code: "aws_quota",
      why: `its load balancer has ${siblings.length} certificates beside defaults, where AWS allows ${quota}`,
      hint: "take off what nothing needs, or tell a quota of yours with limits.certificatesPerLoadBalancer",
    };
  const winner = winnerOver(view, { sni: [...held.sni, certificate] }, certificate);
  if (winner === undefined) return undefined;
  return unusable(
    `no client would get it: ${winner.arn} (${nameOfCertificate(winner)}) comes first for each of its names`,
    `take that off the list of ${point.name} first`,
  );
}

/** Where a certificate has to be for this place; `region` tells the partition. */
export function regionFor(point: ServingPoint, region: string): string {
  return isAtTheEdge(point) ? globalRegion(region) : point.region;
}

/** CloudFront, and what API Gateway serves through it. */
function isAtTheEdge({ kind, hostName }: ServingPoint): boolean {
  return kind === "distribution" || (kind === "rest-domain-name" && /\.cloudfront\.(net|cn)$/.test(hostName));
}

/** CloudFront developer guide, "Requirements for using SSL/TLS certificates with CloudFront": of others, all that ACM has. */
const edgeKeys: readonly KeyAlgorithm[] = ["RSA_2048", "RSA_3072", "EC_prime256v1"];

const allKeys: readonly KeyAlgorithm[] = [...edgeKeys, "RSA_1024", "RSA_4096", "EC_secp384r1", "EC_secp521r1"];

function keysOf(point: ServingPoint): readonly KeyAlgorithm[] {
  return isAtTheEdge(point) ? edgeKeys : allKeys;
}
