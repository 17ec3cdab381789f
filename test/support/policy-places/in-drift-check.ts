import { withinPolicy } from "../../../src/drift/guards/within-policy";
import type { Plan, ResourceChange } from "../../../src/drift/plan/plan";
import { readPlan } from "../../../src/drift/plan/read-plan";
import { judgeByPolicy } from "../../../src/drift/policy/asked-of-plan";
import { readPolicy } from "../../../src/issuance/read-policy";
import type { PolicyRequest } from "../../../src/policy/request";
import { contextOf } from "../drift/recorded-plan";
import { lifetimeFor } from "./lifetime-for";
import { isListener, listenerArnOf, type PolicyCase, type Said } from "./policy-table";

const ours = "registry.terraform.io/unexpired/unexpired";
const aws = "registry.terraform.io/hashicorp/aws";

/** A plan of one resource, judged by the guard and for the report. */
export function inDriftCheck(each: PolicyCase): Said[] | undefined {
  const { request, file } = each;
  const { owner, tier, at } = request;
  const plan = planOf(each);
  if (plan === undefined) return undefined;
  const policy = readPolicy({ file, owner, tier });
  const told = judgeByPolicy(plan, policy, at).flatMap(({ findings }) => findings);
  const denied = withinPolicy.guard(plan, { ...contextOf(plan), now: at, policy }).map(({ message }) => message);
  expect(denied).toEqual(told.flatMap(({ effect, text }) => (effect === "deny" ? [text] : [])));
  const isOfTime = (text: string) => / \(policy\/(outside-window|frozen), /.test(text);
  return told
    .filter(({ text }) => request.kind !== "action" || isOfTime(text))
    .map(({ effect, text }) => ({ level: effect === "deny" ? "error" : "warning", text }));
}

function planOf(each: PolicyCase): Plan | undefined {
  const { request } = each;
  if (request.kind === "attachment") return isListener(each) ? attaching(each) : undefined;
  const change = request.kind === "certificate" ? declared(request) : changed(request);
  return change && { ...emptyPlan, resources: [change] };
}

function declared(request: Extract<PolicyRequest, { kind: "certificate" }>): ResourceChange | undefined {
  const { names, issuer, keyAlgorithm: key_algorithm, lifetimeDays } = request;
  if (issuer === undefined || key_algorithm === undefined || lifetimeDays !== undefined) return undefined;
  if (issuer.kind !== "acme") {
    const [domain_name] = names;
    const certificate_authority_arn = issuer.kind === "private-ca" ? issuer.authorityArn : null;
    const requested = { domain_name, subject_alternative_names: names, certificate_authority_arn };
    // as the answers of ACM have it
    const after = { ...requested, key_algorithm: key_algorithm.replace("_", "-"), private_key: null };
    return resource("aws_acm_certificate", aws, ["create"], { after });
  }
  const { directoryUrl: directory_url, profile = null } = issuer;
  const after = { domain_names: names, key_algorithm, issuer: { directory_url, profile } };
  return resource("unexpired_certificate", ours, ["create"], { after });
}

/** A renewal leaves all as it is but what the certificate itself determines. */
function changed(request: Extract<PolicyRequest, { kind: "action" }>): ResourceChange | undefined {
  const { names, action, urgency, at } = request;
  if (action === "revoke" || urgency === "compromise") return undefined;
  const { notBefore, notAfter } = lifetimeFor(urgency, at);
  const before = {
    ...{ domain_names: names, key_algorithm: "EC_prime256v1", renewal: null, serial: "0f" },
    ...{ issuer: { directory_url: "https://ca.test/directory", profile: null } },
    ...{ not_before: notBefore.toISOString(), not_after: notAfter.toISOString() },
  };
  if (action === "delete") return resource("unexpired_certificate", ours, ["delete"], { before, after: null });
  const { serial: _serial, not_before: _from, not_after: _until, ...kept } = before;
  const issuer = action === "renew" ? before.issuer : { ...before.issuer, directory_url: "https://other.test/" };
  const afterUnknown = { serial: true, not_before: true, not_after: true };
  return resource("unexpired_certificate", ours, ["update"], { before, after: { ...kept, issuer }, afterUnknown });
}

function attaching(each: PolicyCase): Plan {
  const { region = "", accountId = "" } = each.request as Extract<PolicyRequest, { kind: "attachment" }>;
  const arn = `arn:aws:acm:${region}:${accountId}:certificate/0f`;
  const after = { listener_arn: listenerArnOf(each), certificate_arn: arn };
  return {
    ...emptyPlan,
    resources: [resource("aws_lb_listener_certificate", aws, ["create"], { after })],
    held: [{ address: "c", type: "unexpired_certificate", values: { arn, domain_names: each.request.names } }],
  };
}

function resource(
  type: string,
  provider: string,
  actions: readonly string[],
  change: Partial<ResourceChange["change"]>,
): ResourceChange {
  const marks = { afterUnknown: {}, beforeSensitive: false, afterSensitive: false };
  return {
    ...{ address: `${type}.it`, isDeposed: false, mode: "managed", type, provider, actions },
    change: { before: null, after: null, ...marks, ...change },
  };
}

const emptyPlan = readPlan(JSON.stringify({ format_version: "1.2", terraform_version: "1.11.4", complete: true }));
