/** From what is known to what is to be done. Pure. */
import { canaryTag, replacedByTag, revocationTag } from "../../issuance/certificate-tags";
import { AppError } from "../../platform/errors";
import type { Config } from "../config/config";
import { counted } from "../findings/words";
import { planRenewals } from "../renew/plan-renewals";
import type { PlannedRenewal, RenewalAction } from "../renew/renewal-plan";
import type { Estate, ScannedCertificate } from "../scan/estate";
import type { PlannedRevocation, Replacing, Revocation, RevocationAction, RevocationWishes } from "./revocation-plan";
import type { RevocationSubject } from "./revocation-subject";
import { twinsOf, usersOf, usersUnseen } from "./users-of";
import { whyNotFromHere } from "./why-not-from-here";

type PlanConfig = Pick<Config, "issuer" | "keyAlgorithm">;

interface Context {
  readonly estate: Estate;
  readonly wishes: RevocationWishes;
  readonly config: PlanConfig;
  /** ARNs that are named. */
  readonly named: ReadonlySet<string>;
}

/** One for each subject, in their order. */
export function planRevocations(
  subjects: readonly RevocationSubject[],
  estate: Estate,
  wishes: RevocationWishes,
  config: PlanConfig,
): PlannedRevocation[] {
  const context = { estate, wishes, config, named: new Set(subjects.map(({ arn }) => arn)) };
  return subjects.map((subject) => plan(subject, context));
}

function plan(subject: RevocationSubject, context: Context): PlannedRevocation {
  const { arn, certificate, current, begun } = subject;
  const leaf = begun ?? current;
  const renewal = certificate && planReplacing(certificate, subject, context);
  const what = whatIsMeant(subject, context);
  return {
    arn,
    names: leaf?.info.names ?? certificate?.names ?? [],
    serial: leaf?.info.serial,
    certificate,
    attachments: renewal?.attachments ?? [],
    sameKey: context.wishes.reason === "keyCompromise" ? sameKeyAs(subject, context) : [],
    action: "leaf" in what ? decide(what, subject, renewal, context) : what,
  };
}

/** How `renew` would replace it, whether or not that is wished. */
function planReplacing(
  certificate: ScannedCertificate,
  { revoker }: RevocationSubject,
  { estate, wishes, config }: Context,
): PlannedRenewal | undefined {
  const issuer = wishes.issuer ?? (revoker === undefined || revoker instanceof AppError ? undefined : revoker.issuer);
  const only = [({ arn }: ScannedCertificate) => arn === certificate.arn];
  const planned = planRenewals(estate, { only, because: `revoked as ${wishes.reason}`, issuer }, config);
  return planned.find((each) => each.certificate.arn === certificate.arn);
}

function sameKeyAs({ arn, current, begun }: RevocationSubject, { estate, named }: Context): string[] {
  const leaf = begun ?? current;
  const others = estate.certificates.filter(
    ({ chain, serial }) => chain?.keyFingerprint === leaf?.keyFingerprint && serial !== leaf?.info.serial,
  );
  return leaf === undefined ? [] : others.map((each) => each.arn).filter((each) => each === arn || !named.has(each));
}

/** What is to be revoked, or what keeps it from that whatever uses it. */
function whatIsMeant(subject: RevocationSubject, { estate, wishes }: Context): Revocation | RevocationAction {
  const { arn, certificate, current, begun, revoker } = subject;
  const leaf = begun ?? current;
  const done = whatWasDone(certificate);
  if (done?.successor !== undefined && done.successor === leaf?.info.serial && wishes.serials.length === 0)
    return {
      kind: "left",
      why: `serial ${done.serial} was revoked by an earlier run, and this one took its place; --serial ${done.successor} revokes this one as well`,
    };
  const why = whyNotFromHere(subject, estate);
  if (why !== undefined) return { kind: "blocked", ...why };
  if (leaf === undefined || revoker === undefined)
    return { kind: "blocked", code: "aws_not_found", why: `there is no certificate under ${arn}` };
  if (wishes.serials.length > 0 && !wishes.serials.includes(leaf.info.serial))
    return {
      kind: "blocked",
      code: "certificate_not_revocable",
      why: `it has serial ${leaf.info.serial}, which --serial does not name`,
      hint: "look which one is meant; manage-certs scan --json lists them",
    };
  if (leaf.info.notAfter <= estate.scannedAt)
    return {
      kind: "left",
      why: `it ended on ${leaf.info.notAfter.toISOString().slice(0, 10)}; nobody trusts it any more`,
    };
  if (done?.state === "pending" && begun === undefined && done.serial !== leaf.info.serial)
    return {
      kind: "blocked",
      code: "certificate_not_revocable",
      why: `serial ${done.serial} was replaced under this ARN by an earlier run and is perhaps not revoked; it is kept where that run was`,
      hint: "run it there again, or give that certificate with --leaf FILE: certificate transparency logs have it",
    };
  if (revoker instanceof AppError)
    return { kind: "blocked", code: revoker.code, why: revoker.message, hint: revoker.hint };
  // an account that proves control over the names may revoke as well as the one that ordered (RFC 8555 7.6)
  if (revoker.missing !== undefined && !wishes.replace)
    return { kind: "blocked", code: revoker.missing.code, why: revoker.missing.message, hint: accountHint };
  return { leaf, reason: wishes.reason, issuer: revoker.issuer };
}

const accountHint =
  "name with accountStore the account that ordered it; --replace makes one, and its order proves control over the names";

/** Our tag on the certificate. */
function whatWasDone(certificate: ScannedCertificate | undefined) {
  const [state, serial, successor] = certificate?.tags[revocationTag]?.split(" ") ?? [];
  return state === undefined || serial === undefined ? undefined : { state, serial, successor };
}

function decide(
  what: Revocation,
  { arn, certificate, begun }: RevocationSubject,
  renewal: PlannedRenewal | undefined,
  context: Context,
): RevocationAction {
  const { wishes, estate, named } = context;
  const isReplaced = begun !== undefined;
  const atOnce = (why: string, isUnused = false): RevocationAction => ({ kind: "revoke", why, what, isUnused });
  const twins = twinsOf(what.leaf, arn, estate, named);
  const own = certificate === undefined ? [] : usersOf(certificate, estate.attachments);
  const isBegun = renewal?.action.kind === "finish";
  if (wishes.now) {
    const users = [...(isReplaced || isBegun ? [] : own), ...twins.flatMap((each) => each.users)];
    return atOnce(`at once: ${counted(users.length, "place")} will serve a revoked certificate`);
  }
  const [other] = twins.filter((each) => each.users.length > 0 && !each.isNamed);
  if (other !== undefined)
    return {
      kind: "blocked",
      code: "aws_in_use",
      why: `the same certificate is used as ${other.arn} by ${other.users.join(", ")}`,
      hint: "name that ARN as well, so that it is replaced there before it is revoked",
    };
  if (certificate === undefined || (isReplaced && own.length === 0)) return atOnce("an earlier run replaced it");
  if (isReplaced)
    return { kind: "finish", why: "an earlier run replaced it, and did not get to its end", what, certificate };
  // IAM says nothing of users, so that what was not looked at may be one
  const [lost] = estate.failures;
  if (certificate.origin === "iam" && lost !== undefined && own.length === 0)
    return {
      kind: "blocked",
      code: "aws_in_use",
      why: `whether something uses it is not known: ${lost.service} could not be looked at`,
      hint: "--now revokes it all the same",
    };
  if (own.length === 0 && !isBegun) return atOnce(whyUnused(certificate), true);
  if (!wishes.replace)
    return {
      kind: "blocked",
      code: "aws_in_use",
      why: `used by ${own.join(", ")}`,
      hint: `--replace puts a new certificate in its place before; --now revokes at once, and ${counted(own.length, "place")} will serve a revoked one`,
    };
  return replacing(certificate, renewal, what, context);
}

function replacing(
  certificate: ScannedCertificate,
  renewal: PlannedRenewal | undefined,
  what: Revocation,
  { wishes }: Context,
): RevocationAction {
  const action = renewal?.action;
  if (action?.kind === "blocked") return action;
  if (renewal === undefined || !isReplacing(renewal))
    return {
      kind: "blocked",
      code: "certificate_not_revocable",
      why: `it cannot be replaced from here: ${whyLeft(action)}`,
      hint: elsewhereHint(certificate),
    };
  const unseen = usersUnseen(certificate, renewal.attachments);
  if (unseen.length > 0 && !wishes.unproved)
    return {
      kind: "blocked",
      code: "handshake_failed",
      why: `${unseen.join(", ")} uses it, where nothing can be proved`,
      hint: "look there yourself after the change: --unproved goes on without",
    };
  const how = renewal.action.kind === "finish" ? "by what an earlier run imported" : "by a new one with a new key";
  return { kind: "replace", why: `replaced first, ${how}`, what, renewal };
}

function isReplacing(renewal: PlannedRenewal): renewal is Replacing {
  return renewal.action.kind === "renew" || renewal.action.kind === "finish";
}

function whyLeft(action: RenewalAction | undefined): string {
  return action !== undefined && "why" in action ? action.why : "the scan did not find it";
}

function elsewhereHint({ arn, tags }: ScannedCertificate): string {
  if (tags[canaryTag] !== undefined) return "end the trial first: manage-certs renew --apply";
  return `save it (aws acm get-certificate --certificate-arn ${arn}), have its owner replace it, then revoke it with --leaf FILE; or revoke at once with --now`;
}

function whyUnused({ tags }: ScannedCertificate): string {
  return tags[replacedByTag] === undefined ? "nothing uses it" : `${tags[replacedByTag]} has its places`;
}
