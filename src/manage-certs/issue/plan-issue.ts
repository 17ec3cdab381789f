/** From names and listeners to what is to be done. Asks DNS and ACM, and changes nothing. */
import type { AwsAccess } from "../../aws/aws-access";
import { toAppError } from "../../platform/errors";
import type { AttachmentWishes } from "../attach/attachment-plan";
import { planAttachments } from "../attach/plan-attachments";
import { checkCertificate } from "../attach/check-attachment";
import { checkNames, type PreflightParts } from "../renew/preflight";
import type { Estate, ScannedCertificate } from "../scan/estate";
import { findIssued } from "./find-issued";
import type { IssueAction, IssuePlan, IssueRequest } from "./issue-plan";

export interface PlanIssueParts extends PreflightParts {
  readonly accessTo: (accountId: string) => AwsAccess;
}

/** Errors: `certificate_duplicate`, those of ACM, `aborted`. */
export async function planIssue(
  request: IssueRequest,
  wishes: AttachmentWishes,
  estate: Estate,
  parts: PlanIssueParts,
): Promise<IssuePlan> {
  const { accountId, region, points } = request;
  const store = parts.accessTo(accountId).certificates(region);
  const found = await findIssued(request, estate, (arn) => store.tags(arn, { signal: parts.signal }));
  const certificate = found ?? wouldBe(request, estate.scannedAt);
  const action = found === undefined ? await toOrder(request, estate, parts) : whatIsThere(found, estate.scannedAt);
  return { request, certificate, action, attachments: planAttachments(certificate, points, wishes, estate) };
}

function whatIsThere(found: ScannedCertificate, now: Date): IssueAction {
  const usable = checkCertificate(found, now);
  return "kind" in usable ? usable : { kind: "found", why: `${found.arn} was issued for these names` };
}

/** What can be known before an order is spent. */
async function toOrder(request: IssueRequest, { usage }: Estate, parts: PlanIssueParts): Promise<IssueAction> {
  const { accountId, region, issuer, names } = request;
  // without the list an earlier run's certificate would not be found, and a second one be made
  const isListed = usage.some(
    (each) => each.quota === "certificates" && each.accountId === accountId && each.region === region,
  );
  if (!isListed)
    return {
      ...{ kind: "blocked", code: "invalid_argument" },
      why: `it has to be in ${region}, and certificates there were not looked at`,
      hint: `say --regions with ${region} among them`,
    };
  try {
    await checkNames(names, parts);
    return { kind: "order", why: `by ${issuer.name}, for ${names.join(", ")}` };
  } catch (thrown) {
    const { code, message, hint } = toAppError(thrown);
    if (code === "aborted") throw thrown;
    return { kind: "blocked", code, why: message, hint };
  }
}

/** A lifetime that nobody counts on: for what is checked before there is a certificate. */
const assumedLifetimeMs = 90 * 86_400_000;

function wouldBe({ names, keyAlgorithm, accountId, region }: IssueRequest, now: Date): ScannedCertificate {
  return {
    ...{ arn: "", accountId, region, names, keyAlgorithm, status: "ISSUED" },
    ...{ notBefore: now, notAfter: new Date(now.getTime() + assumedLifetimeMs) },
    ...{ origin: "imported", owner: "unexpired", inUseBy: [], tags: {}, validation: [] },
  };
}
