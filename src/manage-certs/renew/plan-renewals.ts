/** From what a scan found to what is to be done. Pure; `preflight.ts` then asks whether it can be. */
import { issuableKeyAlgorithms, type IssuableKeyAlgorithm } from "../../certificates/key-algorithm";
import { canaryTag, deleteAfterTag, renewsTag, replacedByTag } from "../../issuance/certificate-tags";
import { taggingLagMs } from "../../issuance/find-adoptable";
import type { Config, ConfiguredIssuer } from "../config/config";
import { groupBy } from "../findings/estate-view";
import type { Attachment, Estate, RenewalOwner, ScanFailure, ScannedCertificate } from "../scan/estate";
import { globalPlace } from "../scan/scan-context";
import type { PlannedRenewal, RenewalAction } from "./renewal-plan";
import type { Selector } from "./selector";

export interface RenewalWishes {
  /** Why those that are named are renewed although they are not due. */
  readonly because?: string;
  /** Empty: whatever is due. A certificate that is named is looked at even if nothing uses it. */
  readonly only: readonly Selector[];
  /** Due as well is what ends within so many milliseconds. */
  readonly withinMs?: number;
  /** How many certificates are renewed at most; the most urgent ones are. */
  readonly max?: number;
  /** In place of the usual one. */
  readonly issuer?: ConfiguredIssuer;
}

type PlanConfig = Pick<Config, "issuer" | "keyAlgorithm">;

/** Every certificate of the estate with what becomes of it, the most urgent first. */
export function planRenewals(estate: Estate, wishes: RenewalWishes, config: PlanConfig): PlannedRenewal[] {
  const attachments = groupBy(estate.attachments, ({ certificateArn }) => certificateArn);
  const byArn = new Map(estate.certificates.map((certificate) => [certificate.arn, certificate]));
  const successors = new Map(
    estate.certificates.filter(isUsable).map((certificate) => [certificate.tags[renewsTag], certificate]),
  );
  const usable = new Map(
    estate.certificates.filter(({ status }) => status === "ISSUED").map((each) => [each.arn, each]),
  );
  const copies = groupBy(estate.certificates, ({ tags }) => tags[canaryTag] ?? "");
  const planned = estate.certificates.map((certificate) => {
    const attached = attachments.get(certificate.arn) ?? [];
    const replacement = isServed(certificate, attached) ? usable.get(certificate.tags[replacedByTag] ?? "") : undefined;
    const successor = successors.get(certificate.arn) ?? replacement;
    const unseen = unseenOf(certificate, attached, estate);
    const untold = estate.certificates.find((other) => mayReplace(other, certificate, estate.scannedAt));
    const context = { attached, successor, untold, byArn, unseen, now: estate.scannedAt, wishes, config };
    // what an earlier run has moved belongs to it as well
    const moved = [successor, ...(copies.get(certificate.arn) ?? [])].flatMap(
      (each) => attachments.get(each?.arn ?? "") ?? [],
    );
    // and there Elastic Load Balancing may still list what was the default before
    const isLeftover = ({ point, role }: Attachment) =>
      role === "sni" && moved.some((other) => other.role === "default" && other.point.id === point.id);
    const own = attached.filter((attachment) => !isLeftover(attachment));
    return { certificate, attachments: [...own, ...moved], action: actionFor(certificate, context) };
  });
  return withinMax(planned.sort(byUrgency), wishes.max);
}

interface Context {
  readonly attached: readonly Attachment[];
  readonly successor?: ScannedCertificate;
  /** What may be its successor, by all but its tags. */
  readonly untold?: ScannedCertificate;
  readonly byArn: ReadonlyMap<string, ScannedCertificate>;
  /** What must be known of it before anything is changed, and could not be looked at. */
  readonly unseen?: { readonly failure: ScanFailure; readonly why: string };
  readonly now: Date;
  readonly wishes: RenewalWishes;
  readonly config: PlanConfig;
}

function actionFor(certificate: ScannedCertificate, context: Context): RenewalAction {
  const { wishes, unseen } = context;
  const isNamed = wishes.only.some((selects) => selects(certificate));
  if (wishes.only.length > 0 && !isNamed) return { kind: "left", why: "not asked for" };
  const action = seenAction(certificate, context, isNamed);
  if (action.kind === "left" || action.kind === "blocked" || unseen === undefined) return action;
  const { code, message, hint } = unseen.failure.error;
  return {
    kind: "blocked",
    code,
    why: `${unseen.why}: ${message}`,
    hint: hint ?? "run it again once that can be read",
  };
}

/** Services whose resources serve certificates. */
const servingServices = ["elasticloadbalancing", "cloudfront", "apigateway"];

function unseenOf(
  { accountId, region, inUseBy }: ScannedCertificate,
  attached: readonly Attachment[],
  { failures }: Estate,
): Context["unseen"] {
  const near = failures.filter(
    (each) => each.accountId === accountId && [region, globalPlace].includes(each.region ?? ""),
  );
  const tags = near.find((each) => each.service === "tag" && each.region === region);
  if (tags) return { failure: tags, why: "its tags, which say who renews it, could not be read" };
  const users = inUseBy.filter((arn) => !attached.some(({ point }) => point.arn === arn));
  const serving = near.find(({ service }) => servingServices.includes(service));
  if (users.length === 0 || serving === undefined) return undefined;
  return { failure: serving, why: `it is used by ${users.join(", ")}, which was not looked at` };
}

/** What is to be done where everything could be looked at. */
function seenAction(certificate: ScannedCertificate, context: Context, isNamed: boolean): RenewalAction {
  const { attached, successor } = context;
  const unfinished = unfinishedBusiness(certificate, context);
  if (unfinished !== undefined) return unfinished;
  const foreign = renewedBySomebodyElse(certificate.owner);
  if (foreign !== undefined) return { kind: "left", why: foreign };
  if (successor !== undefined)
    return { kind: "finish", why: `${successor.arn} is to replace it and was not finished`, successor };
  if (certificate.renewal === undefined) return { kind: "left", why: `not issued: ${certificate.status}` };
  const due = whyDue(certificate, context);
  if (due === undefined) return { kind: "left", why: `not due before ${day(certificate.renewal.renewAt)}` };
  if (context.untold !== undefined)
    return {
      kind: "left",
      why: `${context.untold.arn} may be its successor: AWS shows tags some time after an import`,
    };
  if (certificate.origin === "iam")
    return {
      kind: "blocked",
      code: "certificate_reimport_refused",
      why: `${due}, and a server certificate in IAM cannot be replaced in place`,
      hint: `issue one in ACM instead: manage-certs issue ${certificate.names.join(" ")} --attach LISTENER`,
    };
  if (!isServed(certificate, attached) && !isNamed)
    return { kind: "left", why: `nothing uses it (${due}); name it with --only to renew it all the same` };
  return renewal(certificate, due, context);
}

/** What an earlier run began or left for later. */
function unfinishedBusiness(
  certificate: ScannedCertificate,
  { attached, byArn, now }: Context,
): RenewalAction | undefined {
  const { tags } = certificate;
  const canaryOf = tags[canaryTag];
  if (canaryOf !== undefined) return { kind: "end-canary", why: `was on trial for ${canaryOf}`, canaryOf };
  const successor = tags[replacedByTag];
  if (successor !== undefined && !isServed(certificate, attached)) {
    const after = new Date(tags[deleteAfterTag] ?? 0);
    if (now < after) return { kind: "left", why: `replaced by ${successor}, deleted after ${after.toISOString()}` };
    return { kind: "delete", why: `replaced by ${successor}`, successorArn: successor };
  }
  const renews = tags[renewsTag];
  if (renews !== undefined && byArn.has(renews) && attached.length === 0)
    return { kind: "left", why: `is to replace ${renews}` };
  return undefined;
}

function renewedBySomebodyElse(owner: RenewalOwner): string | undefined {
  switch (owner) {
    case "acm":
      return "ACM renews it";
    case "terraform":
      return "Terraform owns it: apply its stack, or run drift-check";
    case "acme-client":
      return "the ACME client that holds its key renews it";
    case "unexpired":
    case "nobody":
      return undefined;
  }
}

function whyDue({ renewal, notAfter }: ScannedCertificate, { now, wishes }: Context): string | undefined {
  if (wishes.because !== undefined) return wishes.because;
  if (renewal !== undefined && renewal.state !== "not-due") return dueWords[renewal.reason];
  if (wishes.withinMs === undefined || notAfter === undefined) return undefined;
  return notAfter.getTime() - now.getTime() <= wishes.withinMs ? `ends on ${day(notAfter)}` : undefined;
}

const dueWords = {
  "ari-window": "its CA asks for it",
  lifetime: "little of its life is left",
  floor: "less than a sixth of its life is left",
  expired: "it has expired",
};

function renewal(certificate: ScannedCertificate, why: string, { wishes, config }: Context): RenewalAction {
  const issuer = wishes.issuer ?? config.issuer;
  if (issuer === undefined)
    return {
      kind: "blocked",
      code: "invalid_config",
      why: "no issuer is configured",
      hint: "add one to manage-certs.yaml: issuers: [{ name: letsencrypt, directoryUrl: …, contactEmail: … }]",
    };
  return { kind: "renew", why, issuer, keyAlgorithm: sameKey(certificate) ?? config.keyAlgorithm };
}

/** ACM takes no other key under the same ARN. */
function sameKey({ keyAlgorithm }: ScannedCertificate): IssuableKeyAlgorithm | undefined {
  return issuableKeyAlgorithms.find((name) => name === keyAlgorithm);
}

/** A successor that an earlier run imported, before the tagging API knows it. */
function mayReplace(other: ScannedCertificate, certificate: ScannedCertificate, now: Date): boolean {
  const isSame = (key: "accountId" | "region" | "keyAlgorithm") => other[key] === certificate[key];
  const names = ({ names: held }: ScannedCertificate) => [...held].sort().join();
  return (
    other.arn !== certificate.arn &&
    Object.keys(other.tags).length === 0 &&
    (other.importedAt?.getTime() ?? 0) > now.getTime() - taggingLagMs &&
    isSame("accountId") &&
    isSame("region") &&
    isSame("keyAlgorithm") &&
    names(other) === names(certificate) &&
    (other.notAfter?.getTime() ?? 0) > (certificate.notAfter?.getTime() ?? 0)
  );
}

/** As the scan saw it or, some seconds longer, as ACM says. */
function isServed({ inUseBy }: ScannedCertificate, attached: readonly Attachment[]): boolean {
  return attached.length > 0 || inUseBy.length > 0;
}

function isUsable({ notAfter, tags, status }: ScannedCertificate): boolean {
  return tags[renewsTag] !== undefined && status === "ISSUED" && notAfter !== undefined;
}

function byUrgency(left: PlannedRenewal, right: PlannedRenewal): number {
  const rank = ({ action, attachments }: PlannedRenewal) =>
    action.kind === "left" ? 2 : attachments.length === 0 ? 1 : 0;
  const end = ({ certificate }: PlannedRenewal) => certificate.notAfter?.getTime() ?? Infinity;
  return rank(left) - rank(right) || end(left) - end(right) || (left.certificate.arn < right.certificate.arn ? -1 : 1);
}

function withinMax(planned: readonly PlannedRenewal[], max = Infinity): PlannedRenewal[] {
  let left = max;
  return planned.map((each) => {
    if (each.action.kind !== "renew" || left-- > 0) return each;
    return { ...each, action: { kind: "left", why: `due, and beyond --max ${max}` } };
  });
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
