import type { CertificateState } from "../../../src/provider/resources/certificate/schema";
import type { ActionRequest, CertificateRequest } from "../../../src/policy/request";
import { certificatePrivate, certificateState } from "../certificate-state";
import { PolicyPlans, privateOf, type SaidAtPlan } from "../policy-plans";
import { isListener, listenerArnOf, type PolicyCase, type Said } from "./policy-table";
import { lifetimeFor } from "./lifetime-for";

/** By the RPCs that terraform calls. Undefined of what the provider has no resource for. `folder`: for what it keeps. */
export async function atPlan(each: PolicyCase, folder: string): Promise<Said[] | undefined> {
  const { request, file } = each;
  const { owner, tier, at, names } = request;
  const plans = new PolicyPlans({ folder, now: at.toISOString() });
  const { diagnostics = [] } = await plans.configure({ file, owner: owner ?? null, tier: tier ?? null });
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  if (isListener(each)) return saidIn(await plans.rollout({ listenerArn: listenerArnOf(each), names }));
  if (request.kind === "certificate") {
    const more = configured(request);
    return more && saidIn(await plans.certificate({ names, more }));
  }
  return request.kind === "action" ? changed(request, plans) : undefined;
}

function configured({ issuer, keyAlgorithm, lifetimeDays }: CertificateRequest): Partial<CertificateState> | undefined {
  if (issuer?.kind !== "acme" || keyAlgorithm === undefined || lifetimeDays !== undefined) return undefined;
  const { directoryUrl: directory_url, profile = null } = issuer;
  return {
    issuer: { ...certificateState().issuer, directory_url, profile },
    // those that a provider does not issue are refused before a plan
    key_algorithm: keyAlgorithm as CertificateState["key_algorithm"],
  };
}

/** What is done to a certificate that is there, by its age and by what changes. */
async function changed({ action, urgency, names, at }: ActionRequest, plans: PolicyPlans): Promise<Said[] | undefined> {
  if (action === "revoke" || urgency === "compromise") return undefined;
  const { notBefore, notAfter } = lifetimeFor(urgency, at);
  const dates = { not_before: notBefore.toISOString(), not_after: notAfter.toISOString() };
  const prior = certificateState({ domain_names: [...names], zones: [], ...dates });
  const known = privateOf(certificatePrivate({ ...dates, ari: undefined, refreshedAt: at.toISOString() }));
  const more = action === "replace" ? { issuer: { ...prior.issuer, directory_url: "https://other.test/" } } : {};
  const all = saidIn(await plans.certificate({ prior, known, more, isDestroyed: action === "delete" }));
  return all.filter(({ text }) => / \(policy\/(outside-window|frozen), /.test(text));
}

function saidIn(said: readonly SaidAtPlan[]): Said[] {
  return said
    .filter(({ summary }) => summary.includes("the policy"))
    .map(({ severity, detail }) => {
      const [text = ""] = detail.split(/\n(?:code: |at )/);
      return { level: severity === "error" ? "error" : "warning", text };
    });
}
