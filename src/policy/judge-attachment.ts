import type { Found } from "./finding";
import { isInScope, type AttachmentEntry, type Policy, type Whose } from "./policy";
import type { AttachmentRequest } from "./request";
import type { RuleId } from "./rules";
import { listed, namesText, whoseText } from "./words";

/** One entry must allow the whole of it; of those that do not, the one that comes closest is told. */
export function judgeAttachment({ attachments, unlisted }: Policy, request: AttachmentRequest, whose: Whose): Found[] {
  if (attachments === undefined) return [];
  const entries = attachments.filter((entry) => isInScope(entry, whose));
  if (entries.length === 0) {
    if (unlisted.attachments === "allow" || !whose.isClear) return [];
    const value = namesText(request);
    const what = `no entry of attachments is for ${value}${whoseText(whose)}`;
    const fix = "add an entry that is for it, or say unlisted: { attachments: allow }";
    return [{ rule: "policy/attachment-not-listed", value, what, fix, path: ["attachments"] }];
  }
  const misses = entries.map((entry) => ({ entry, miss: firstMiss(entry, request) }));
  if (misses.some(({ miss }) => miss === undefined)) return [];
  const [nearest] = misses.sort((left, right) => (right.miss?.place ?? 0) - (left.miss?.place ?? 0));
  return nearest?.miss === undefined ? [] : [foundOf(nearest.entry, nearest.miss)];
}

interface Miss {
  /** In the order in which they are asked for. */
  readonly place: number;
  readonly key: "accounts" | "regions" | "kinds" | "loadBalancers";
  readonly value: string;
  readonly allowed: readonly string[];
}

/** What the entry does not allow, in the order account, region, kind, load balancer. */
function firstMiss(entry: AttachmentEntry, request: AttachmentRequest): Miss | undefined {
  const asked = [
    { key: "accounts", value: request.accountId, allowed: entry.accounts },
    { key: "regions", value: request.region, allowed: entry.regions },
    { key: "kinds", value: request.servingKind, allowed: entry.kinds },
    { key: "loadBalancers", value: request.loadBalancer, allowed: entry.loadBalancers },
  ] as const;
  for (const [place, { key, value, allowed }] of asked.entries()) {
    if (value === undefined || allowed === undefined) continue;
    if (!allowed.some((pattern) => fits(pattern, value))) return { place, key, value, allowed };
  }
  return undefined;
}

/** `*` stands for any characters, or none. */
export function fits(pattern: string, value: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(value);
}

const told: Readonly<Record<Miss["key"], { readonly rule: RuleId; readonly noun: string }>> = {
  accounts: { rule: "policy/account-not-allowed", noun: "account" },
  regions: { rule: "policy/region-not-allowed", noun: "region" },
  kinds: { rule: "policy/kind-not-allowed", noun: "kind of listener" },
  loadBalancers: { rule: "policy/load-balancer-not-allowed", noun: "load balancer" },
};

function foundOf(entry: AttachmentEntry, { key, value, allowed }: Miss): Found {
  const { rule, noun } = told[key];
  return {
    ...{ rule, value, path: [...entry.path, key] },
    what: `the ${noun} ${value} is not allowed, only ${listed(allowed)}`,
    fix: `attach it elsewhere, or add ${value} to ${key}`,
  };
}
