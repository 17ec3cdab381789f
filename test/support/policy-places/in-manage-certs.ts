import { decideRenewal } from "../../../src/certificates/decide-renewal";
import { readPolicy } from "../../../src/issuance/read-policy";
import type { IssuableKeyAlgorithm } from "../../../src/certificates/key-algorithm";
import { findAll } from "../../../src/manage-certs/findings/find-all";
import type { PlannedAttachment } from "../../../src/manage-certs/attach/attachment-plan";
import { holdAttachments } from "../../../src/manage-certs/policy/hold-attachments";
import { holdIssue } from "../../../src/manage-certs/policy/hold-issue";
import { holdRevocations } from "../../../src/manage-certs/policy/hold-revocations";
import { holdRenewals } from "../../../src/manage-certs/policy/hold-renewals";
import type { PlannedRenewal } from "../../../src/manage-certs/renew/renewal-plan";
import type { RevocationAction } from "../../../src/manage-certs/revoke/revocation-plan";
import type { EnforcedPolicy, ToldFinding } from "../../../src/policy/told-finding";
import type { ActionRequest, AttachmentRequest, CertificateRequest } from "../../../src/policy/request";
import { attach, certificate, estate, listener } from "../scanned-estate";
import { lifetimeFor } from "./lifetime-for";
import { isListener, type PolicyCase, type Said } from "./policy-table";

/** An order by `issue` and by `renew`, an attachment, what a scan finds, and what is done when. */
export function inManageCerts(each: PolicyCase): Said[] | undefined {
  const { request, file } = each;
  const { owner, tier } = request;
  const enforced = readPolicy({ file, owner, tier });
  if (request.kind === "certificate") return ordered(request, enforced);
  if (request.kind === "action") return changed(request, enforced);
  return isListener(each) ? attached(request, enforced) : undefined;
}

function ordered(request: CertificateRequest, enforced: EnforcedPolicy): Said[] | undefined {
  const { names, issuer, at, lifetimeDays, keyAlgorithm } = request;
  if (lifetimeDays !== undefined || keyAlgorithm === undefined || issuer === undefined) return undefined;
  // of which CA a private one is, a scan does not know
  if (issuer.kind === "private-ca") return undefined;
  if (issuer.kind === "acm") return scanned(request, enforced);
  // those that nobody issues are refused before
  const key = keyAlgorithm as IssuableKeyAlgorithm;
  const found = certificate("it", { names, keyAlgorithm });
  const chosen = { name: "it", ...issuer };
  const place = { accountId: found.accountId, region: found.region };
  const byIssue = holdIssue(
    {
      request: { names, issuer: chosen, keyAlgorithm: key, points: [], ...place },
      ...{ certificate: found, action: { kind: "order", why: "" }, attachments: [] },
    },
    enforced,
    at,
  );
  const [byRenew] = holdRenewals(
    [{ certificate: found, attachments: [], action: { kind: "renew", why: "", issuer: chosen, keyAlgorithm: key } }],
    enforced,
    at,
  );
  expect(withoutTimes(byRenew?.findings)).toEqual(saidIn(byIssue.findings));
  expect(byIssue.action).toEqual(blockedBy(byIssue.findings) ?? { kind: "order", why: "" });
  return saidIn(byIssue.findings);
}

function scanned({ names, keyAlgorithm, at }: CertificateRequest, enforced: EnforcedPolicy): Said[] {
  const dates = { notBefore: at, notAfter: new Date(at.getTime() + 198 * 86_400_000) };
  const found = certificate("it", { origin: "amazon-issued", names, keyAlgorithm, ...dates });
  return findAll(estate({ scannedAt: at, certificates: [found] }), enforced)
    .filter(({ rule }) => rule === "policy")
    .map(({ severity, message: text }) => ({ level: severity === "warning" ? "error" : "warning", text }));
}

function attached({ names, at, servingKind, ...place }: AttachmentRequest, enforced: EnforcedPolicy): Said[] {
  const { accountId = "", region = "", loadBalancer = "" } = place;
  const type = servingKind === "network-listener" ? "net" : "app";
  const arn = `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/${type}/${loadBalancer}/0123456789abcdef`;
  const point = listener(loadBalancer, { kind: servingKind, arn, accountId, region });
  const isMeant = () => true;
  const planned: PlannedAttachment = {
    ...{ point, role: "sni", notes: [] },
    action: { kind: "attach", why: "", detaches: false, isMeant },
  };
  const found = certificate("it", { names, notAfter: new Date(at.getTime() + 86_400_000) });
  const [held] = holdAttachments(found, [planned], enforced, at);
  const findings = held?.findings ?? [];
  expect(held?.action).toMatchObject(blockedBy(findings) ?? { kind: "attach" });
  const seen = estate({ scannedAt: at, certificates: [found], attachments: attach(point, found) });
  const told = findAll(seen, enforced).filter(({ rule }) => rule === "policy");
  expect(told.map(({ message }) => message)).toEqual(expect.arrayContaining(findings.map(({ text }) => text)));
  return saidIn(findings);
}

function changed(request: ActionRequest, enforced: EnforcedPolicy): Said[] | undefined {
  const { names, at, action, urgency } = request;
  if (action === "revoke" || action === "replace") return revoked(request, enforced);
  if ((action !== "renew" && action !== "delete") || urgency === "compromise") return undefined;
  const dates = lifetimeFor(urgency, at);
  const found = certificate("it", { names, ...dates, renewal: decideRenewal(dates, {}, undefined, at) });
  const issuer = { name: "it", directoryUrl: "https://ca.test/directory" };
  const todo: PlannedRenewal["action"] =
    action === "renew"
      ? { kind: "renew", why: "", issuer, keyAlgorithm: "EC_prime256v1" }
      : { kind: "delete", why: "", successorArn: "arn" };
  const [held] = holdRenewals([{ certificate: found, attachments: [], action: todo }], enforced, at);
  return saidIn(held?.findings).filter(isOfTime);
}

/** A replacement is one before a revocation; neither is ever overdue. */
function revoked({ names, at, action, urgency }: ActionRequest, enforced: EnforcedPolicy): Said[] | undefined {
  if (urgency === "overdue") return undefined;
  const issuer = { name: "it", directoryUrl: "https://ca.test/directory" };
  const reason = urgency === "compromise" ? "keyCompromise" : "superseded";
  const what = { leaf: undefined as never, reason, issuer } as const;
  const found = certificate("it", { names });
  const renewal = {
    ...{ certificate: found, attachments: [] },
    action: { kind: "renew", why: "", issuer, keyAlgorithm: "EC_prime256v1" },
  } as const;
  const todo: RevocationAction =
    action === "revoke"
      ? { kind: "revoke", why: "", what, isUnused: true }
      : { kind: "replace", why: "", what, renewal };
  const planned = [{ arn: found.arn, names, attachments: [], sameKey: [], action: todo }];
  const [held] = holdRevocations(planned, enforced, at);
  const said = saidIn(held?.findings).filter(isOfTime);
  return said.filter(({ text }) => text.startsWith(`to ${action} `));
}

function blockedBy(findings: readonly ToldFinding[] = []): object | undefined {
  const denied = findings.filter(({ effect }) => effect === "deny").map(({ text }) => text);
  return denied.length === 0 ? undefined : { kind: "blocked", code: "policy_denied", why: denied.join(". ") };
}

function saidIn(findings: readonly ToldFinding[] = []): Said[] {
  return findings.map(({ effect, text }) => ({ level: effect === "deny" ? "error" : "warning", text }));
}

function withoutTimes(findings: readonly ToldFinding[] | undefined): Said[] {
  return saidIn(findings).filter((said) => !isOfTime(said));
}

function isOfTime({ text }: Said): boolean {
  return / \(policy\/(outside-window|frozen), /.test(text);
}
