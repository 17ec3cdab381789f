/** What one entry under `grants:` is good for, read anew for every question. */
import { plainName, rights, type GrantEntry, type Right } from "./model";

const certificateLabel = "_acme-challenge.";
const anyValue = () => true;

/** Whether the entry is for this client's records of that name and type; both plain. */
export function concerns(grant: GrantEntry, client: string, zone: string, name: string, type: string): boolean {
  return isIn(grant, client, zone) && reachesName(grant, name) && typesOf(grant).includes(type);
}

export function isIn(grant: GrantEntry, client: string, zone: string): boolean {
  return grant.client === client && plainName(grant.zone) === zone;
}

export function typesOf({ allow, types = [] }: GrantEntry): readonly string[] {
  if (allow === undefined) return types.map((type) => type.toUpperCase());
  return allow === "acme-challenge" ? ["TXT"] : ["CNAME"];
}

export function rightsOf({ allow, actions }: GrantEntry): readonly Right[] {
  return actions ?? (allow === "acme-challenge" ? rights : ["read", "create"]);
}

export function isMerging({ allow, merge }: GrantEntry): boolean {
  return merge ?? allow !== undefined;
}

export function maySetTtl({ ttlSeconds }: GrantEntry, ttl: number): boolean {
  const { min = 0, max = 2 ** 31 - 1 } = ttlSeconds ?? {};
  return min <= ttl && ttl <= max;
}

/** Whether the client may add and take away that plain value. */
export function mayTouch({ allow, values }: GrantEntry, value: string): boolean {
  const test =
    allow === "acme-challenge"
      ? (text: string) => text.length === 43 && !/[^A-Za-z0-9_-]/.test(text)
      : allow === "acm-validation"
        ? isValidationTarget
        : values === undefined
          ? anyValue
          : (text: string) => new RegExp(values, "u").test(Buffer.from(text, "latin1").toString("utf8"));
  return test(value);
}

function isValidationTarget(value: string): boolean {
  const [hash = "", label = "", ...suffix] = value.split(".");
  return isHash(hash) && /^[a-z0-9-]+$/.test(label) && suffix.join(".") === "acm-validations.aws";
}

const isHash = (label: string) => /^_[0-9a-f]+$/.test(label) && label.length === 33;

export function reachesName(grant: GrantEntry, name: string): boolean {
  const wanted = grant.names.map(plainName);
  if (grant.allow === undefined) return wanted.some((pattern) => fits(pattern.split("."), name.split(".")));
  const hosts = wanted.map((host) => (host.startsWith("*.") ? host.slice(2) : host));
  if (grant.allow === "acme-challenge") return hosts.some((host) => name === certificateLabel + host);
  const [first = "", ...host] = name.split(".");
  return isHash(first) && hosts.includes(host.join("."));
}

/** Label by label from the left; `**` takes one more label, or hands over to the rest. */
function fits([head, ...tail]: readonly string[], [label, ...labels]: readonly string[]): boolean {
  if (head === undefined || label === undefined) return head === label;
  if (head === "**") return label !== "*" && (fits(tail, labels) || fits(["**", ...tail], labels));
  const isMet = head === "*" ? label !== "*" : head === "\\*" ? label === "*" : head === label;
  return isMet && fits(tail, labels);
}
