/**
 * What a policy decides, written from docs/reference/policy.md alone, on the document as it is written: names by regular
 * expressions, clocks by offsets, and a list of what is told. It knows nothing of src/policy but the words of a request.
 */
import type { PolicyDocument } from "../../../src/policy/policy-shape";
import type { ActionRequest, AttachmentRequest, CertificateRequest, PolicyRequest } from "../../../src/policy/request";

export interface Judgement {
  readonly verdict: string;
  /** `deny policy/frozen`, `waive policy/frozen by r1`; sorted. */
  readonly told: readonly string[];
  readonly owner: string | undefined;
  readonly tier: string | undefined;
  /** Place of the entry of `certificates`. */
  readonly entry: number | undefined;
}

type Told = { rule: string; only?: boolean };
type Scoped = { owners?: string[]; tiers?: string[] };

const letsEncrypt = "https://acme-v02.api.letsencrypt.org/directory";
const ms = (text: string) => Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text);
const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

export function judgePolicy(policy: PolicyDocument, request: PolicyRequest): Judgement {
  const told: Told[] = [];
  const owner = findOwner(policy, request, told);
  const tier = findTier(policy, request, owner, told);
  const isClear = told.length === 0;
  const isFor = (entry: Scoped) =>
    (entry.owners ?? [owner]).includes(owner ?? "-") || entry.owners === undefined
      ? entry.tiers === undefined || entry.tiers.some((each) => each === tier)
      : false;
  let entry: number | undefined;
  if (request.kind === "certificate") entry = certificate(policy, request, isFor, isClear, told);
  if (request.kind === "attachment") attachment(policy, request, isFor, isClear, told);
  if (request.kind === "action") action(policy, request, isFor, told);
  const lines = told.flatMap((each) => afterWaivers(policy, request, each));
  const verdict = lines.some((line) => line.startsWith("deny")) ? "deny" : "allow";
  return { verdict, told: lines.sort(), owner, tier, entry };
}

const expressions = new Map<string, RegExp>();

function fitsName(pattern: string, name: string): boolean {
  const known = expressions.get(pattern) ?? expressionOf(pattern);
  expressions.set(pattern, known);
  return known.test(name);
}

function expressionOf(pattern: string): RegExp {
  const labels = pattern.split(".").map((label) => {
    if (label === "**") return "[^.*]+(?:\\.[^.*]+)*";
    if (label === "*") return "[^.*]+";
    return label === "\\*" ? "\\*" : label;
  });
  return new RegExp(`^${labels.join("\\.")}$`);
}

const has = (patterns: readonly string[], name: string) => patterns.some((pattern) => fitsName(pattern, name));

function findOwner(policy: PolicyDocument, { owner: named, names }: PolicyRequest, told: Told[]): string | undefined {
  const { owners } = policy;
  if (!owners) return named;
  const open = policy.unlisted?.names === "allow";
  const refuse = (name: string) =>
    told.push({ rule: name[0] === "*" ? "policy/wildcard-not-allowed" : "policy/name-not-owned" });
  const anybodys = names.filter((name) => owners.some((each) => has(each.names, name)));
  if (named !== undefined) {
    const found = owners.filter((each) => each.name === named);
    if (found.length === 0) {
      told.push({ rule: "policy/owner-unknown" });
      return undefined;
    }
    for (const name of names) {
      const isOwn = found.some((each) => has(each.names, name));
      if (!isOwn && (anybodys.includes(name) || !open)) refuse(name);
    }
    return named;
  }
  if (!open) for (const name of names) if (!anybodys.includes(name)) refuse(name);
  if (anybodys.length === 0) return undefined;
  for (const each of owners) if (anybodys.every((name) => has(each.names, name))) return each.name;
  told.push({ rule: "policy/several-owners" });
  return undefined;
}

function findTier(policy: PolicyDocument, request: PolicyRequest, owner: string | undefined, told: Told[]) {
  const open = policy.owners?.find((each) => each.name === owner)?.tiers;
  if (request.tier === undefined) return open?.[0];
  if (policy.tiers && !policy.tiers.includes(request.tier)) {
    told.push({ rule: "policy/tier-unknown" });
    return undefined;
  }
  if (policy.tiers && open && !open.includes(request.tier)) told.push({ rule: "policy/tier-not-allowed" });
  return request.tier;
}

function certificate(
  policy: PolicyDocument,
  request: CertificateRequest,
  isFor: (entry: Scoped) => boolean,
  isClear: boolean,
  told: Told[],
): number | undefined {
  const entries = policy.certificates ?? [];
  const place = entries.findIndex(
    (each) => isFor(each) && request.names.every((name) => has(each.names ?? [name.replace("*", "\\*")], name)),
  );
  const entry = entries[place];
  if (!entry && policy.certificates && policy.unlisted?.certificates !== "allow" && isClear)
    told.push({ rule: "policy/certificate-not-listed" });
  const { issuer, at } = request;
  const url = issuer?.kind === "acme" ? issuer.directoryUrl : undefined;
  const listed = policy.issuers?.find((each) => (url === undefined ? each.name === "acm" : each.directoryUrl === url));
  const binding = issuer !== undefined && (listed?.public ?? (url === undefined || url === letsEncrypt));
  const allowed = entry?.issuers ?? policy.issuers?.map((each) => each.name);
  if (issuer && allowed) {
    const rank = allowed.indexOf(listed?.name ?? "none of them");
    if (rank < 0) told.push({ rule: "policy/issuer-not-allowed" });
    if (rank > 0) told.push({ rule: "policy/issuer-not-preferred", only: true });
  }
  if (issuer?.kind === "acme" && entry?.profiles) {
    const profile = issuer.profile ?? (url?.includes("letsencrypt.org") ? "classic" : "");
    if (!entry.profiles.includes(profile)) told.push({ rule: "policy/profile-not-allowed" });
  }
  const key = request.keyAlgorithm;
  if (key && entry?.keyAlgorithms ? !entry.keyAlgorithms.includes(key) : false)
    told.push({ rule: "policy/key-algorithm-not-allowed" });
  else if (key === "RSA_1024" && binding) told.push({ rule: "policy/key-algorithm-not-allowed" });
  const life = request.lifetimeDays ?? usualLife(issuer, at);
  if (life !== undefined) {
    const { min = -1, max = 1e9 } = entry?.lifetimeDays ?? {};
    if (life < min) told.push({ rule: "policy/lifetime-too-short" });
    else if (life > Math.min(max, binding ? publicLife(at) : 1e9)) told.push({ rule: "policy/lifetime-too-long" });
  }
  return entry ? place : undefined;
}

const publicLife = (at: Date) => (at < new Date("2027-03-15") ? 200 : at < new Date("2029-03-15") ? 100 : 47);

function usualLife(issuer: CertificateRequest["issuer"], at: Date): number | undefined {
  if (issuer === undefined || issuer.kind === "private-ca") return undefined;
  if (issuer.kind === "acm") return at < new Date("2027-03-15") ? 198 : undefined;
  if (!issuer.directoryUrl.includes("letsencrypt.org")) return undefined;
  const classic = at < new Date("2027-02-10") ? 90 : at < new Date("2028-02-16") ? 64 : 45;
  return { classic, tlsserver: 45, shortlived: 160 / 24 }[issuer.profile ?? "classic"];
}

function attachment(
  policy: PolicyDocument,
  request: AttachmentRequest,
  isFor: (entry: Scoped) => boolean,
  isClear: boolean,
  told: Told[],
): void {
  if (!policy.attachments) return;
  const like = (pattern: string, text: string) =>
    new RegExp(`^${pattern.replace(/[^*\w-]/g, "\\$&").replaceAll("*", ".*")}$`).test(text);
  const rules = ["account", "region", "kind", "load-balancer"].map((what) => `policy/${what}-not-allowed`);
  const progress = policy.attachments.filter(isFor).map((entry) => {
    const { accountId: account, region, servingKind: kind, loadBalancer: name } = request;
    const fits = [
      !entry.accounts || account === undefined || entry.accounts.includes(account),
      !entry.regions || region === undefined || entry.regions.some((each) => like(each, region)),
      !entry.kinds || entry.kinds.includes(kind),
      !entry.loadBalancers || name === undefined || entry.loadBalancers.some((each) => like(each, name)),
    ].indexOf(false);
    return fits < 0 ? 4 : fits;
  });
  if (progress.length === 0) {
    if (policy.unlisted?.attachments !== "allow" && isClear) told.push({ rule: "policy/attachment-not-listed" });
    return;
  }
  const rule = rules[Math.max(...progress)];
  if (rule !== undefined) told.push({ rule });
}

function action(policy: PolicyDocument, request: ActionRequest, isFor: (entry: Scoped) => boolean, told: Told[]): void {
  const { urgency, at } = request;
  const windows = (policy.windows ?? []).filter(
    (each) => isFor(each) && (each.actions ?? ["renew", "replace"]).includes(request.action),
  );
  const isOpen = windows.map((each) => {
    const local = new Date(at.getTime() + offsetMinutes(each.timeZone ?? "UTC", at) * 60_000);
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
    const [from, to] = [each.from, each.to].map((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
    const length = ((to ?? 0) - (from ?? 0) + 1440) % 1440 || 1440;
    const since = (minute - (from ?? 0) + 1440) % 1440;
    const began = new Date(local.getTime() - since * 60_000);
    const day = dayNames[began.getUTCDay()];
    return since < length && (each.days === undefined || each.days.some((one) => one === day));
  });
  if (isOpen.length > 0 && isOpen.every((open) => !open))
    told.push({ rule: "policy/outside-window", only: urgency !== "routine" });
  for (const each of policy.freezes ?? []) {
    const holds = (each.actions ?? ["renew", "replace", "revoke", "delete"]).includes(request.action);
    if (isFor(each) && holds && ms(each.from) <= at.getTime() && at.getTime() < ms(each.to))
      told.push({ rule: "policy/frozen", only: (each.except ?? ["overdue", "compromise"]).includes(urgency) });
  }
}

/** New York's clock goes by the Energy Policy Act of 2005: from the second Sunday of March to the first of November. */
function offsetMinutes(timeZone: string, at: Date): number {
  if (timeZone === "Asia/Kolkata") return 330;
  if (timeZone === "UTC") return 0;
  const summers = [
    ["2026-03-08T07:00Z", "2026-11-01T06:00Z"],
    ["2027-03-14T07:00Z", "2027-11-07T06:00Z"],
  ];
  const isSummer = summers.some(([from = "", to = ""]) => at >= new Date(from) && at < new Date(to));
  return isSummer ? -240 : -300;
}

function afterWaivers(policy: PolicyDocument, { names, at }: PolicyRequest, { rule, only }: Told): string[] {
  if (only) return [`warn ${rule}`];
  const waivers = (policy.waivers ?? []).filter(
    (each) => each.rule === rule && names.every((name) => has(each.names, name)),
  );
  const good = waivers.find((each) => at.getTime() < ms(each.until));
  if (good) return [`waive ${rule} by ${good.reason}`];
  const standing = policy.enforcement === "warn" ? `warn ${rule}` : `deny ${rule}`;
  return [standing, ...waivers.map(() => "warn policy/waiver-ended")];
}
