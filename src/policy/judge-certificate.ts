import { defaultKeyAlgorithm, keyAlgorithms, type KeyAlgorithm } from "../certificates/key-algorithm";
import { knownProfiles } from "../certificates/lets-encrypt";
import type { Found } from "./finding";
import { directoryAsSpelt, isKnownPublic, knownLifetime, longestPublicLifetime, profileOf } from "./known-issuer";
import { acmName, hasName, isInScope, type CertificateEntry, type Issuer, type Policy, type Whose } from "./policy";
import type { CertificateRequest, RequestedIssuer } from "./request";
import { daysText, listed, namesText, whoseText } from "./words";

/** The entry that decides on the certificate: the first that is for it. */
export function entryFor(
  policy: Policy,
  { names }: CertificateRequest,
  whose: Pick<Whose, "owner" | "tier">,
): CertificateEntry | undefined {
  return policy.certificates?.find((entry) => {
    const patterns = entry.names;
    return isInScope(entry, whose) && (patterns === undefined || names.every((name) => hasName(patterns, name)));
  });
}

export function judgeCertificate(policy: Policy, request: CertificateRequest, whose: Whose): Found[] {
  const entry = entryFor(policy, request, whose);
  return [
    ...(entry === undefined ? notListed(policy, request, whose) : []),
    ...judgeIssuer(policy, request, entry),
    ...judgeProfile(request, entry),
    ...judgeKey(policy, request, entry),
    ...judgeLifetime(policy, request, entry),
  ];
}

function notListed({ certificates, unlisted }: Policy, request: CertificateRequest, whose: Whose): Found[] {
  if (certificates === undefined || unlisted.certificates === "allow" || !whose.isClear) return [];
  const value = namesText(request);
  const what = `no entry of certificates is for ${value}${whoseText(whose)}`;
  const fix = "add an entry that is for it, or say unlisted: { certificates: allow }";
  return [{ rule: "policy/certificate-not-listed", value, what, fix, path: ["certificates"] }];
}

function judgeIssuer(policy: Policy, { issuer }: CertificateRequest, entry?: CertificateEntry): Found[] {
  const allowed = entry?.issuers ?? policy.issuers?.map(({ name }) => name);
  if (issuer === undefined || allowed === undefined) return [];
  const value = known(policy, issuer)?.name ?? nameOf(issuer);
  const path = entry?.issuers === undefined ? ["issuers"] : [...entry.path, "issuers"];
  const first = allowed[0] ?? "";
  if (!allowed.includes(known(policy, issuer)?.name ?? "")) {
    const what = `the issuer ${value} is not allowed, only ${listed(allowed)}`;
    return [{ rule: "policy/issuer-not-allowed", value, what, fix: `take ${first}`, path }];
  }
  if (value === first) return [];
  const what = `the issuer ${value} is allowed, and ${first} comes first`;
  return [
    { rule: "policy/issuer-not-preferred", value, what, fix: `take ${first} where nothing speaks against it`, path },
  ];
}

function judgeProfile({ issuer }: CertificateRequest, entry?: CertificateEntry): Found[] {
  if (issuer?.kind !== "acme" || entry?.profiles === undefined) return [];
  const profile = profileOf(issuer);
  if (profile !== undefined && entry.profiles.includes(profile)) return [];
  const what =
    profile === undefined
      ? `no profile is asked for, so the CA takes its own; allowed is only ${listed(entry.profiles)}`
      : `the profile ${profile} is not allowed, only ${listed(entry.profiles)}`;
  const fix = `ask for ${entry.profiles[0]}`;
  const path = [...entry.path, "profiles"];
  const isDefault = issuer.profile === undefined && profile !== undefined;
  return [{ rule: "policy/profile-not-allowed", value: profile ?? "", what, fix, path, isDefault }];
}

function judgeKey(policy: Policy, { keyAlgorithm, issuer }: CertificateRequest, entry?: CertificateEntry): Found[] {
  if (keyAlgorithm === undefined) return [];
  const rule = "policy/key-algorithm-not-allowed";
  const { keyAlgorithms: allowed = keyAlgorithms } = entry ?? {};
  const isTooShort = (each: KeyAlgorithm) => each === "RSA_1024" && isPublic(policy, issuer);
  const [better] = (entry?.keyAlgorithms ?? [defaultKeyAlgorithm]).filter((each) => !isTooShort(each));
  const fix = better === undefined ? "take another issuer" : `set the key algorithm to ${better}`;
  if (entry !== undefined && !allowed.includes(keyAlgorithm)) {
    const what = `a key ${keyAlgorithm} is not allowed, only ${listed(allowed)}`;
    return [{ rule, value: keyAlgorithm, what, fix, path: [...entry.path, "keyAlgorithms"] }];
  }
  if (!isTooShort(keyAlgorithm)) return [];
  const what = `a key ${keyAlgorithm} is too short for a public issuer`;
  return [{ rule, value: keyAlgorithm, what, fix, isDefault: true }];
}

function judgeLifetime(policy: Policy, request: CertificateRequest, entry?: CertificateEntry): Found[] {
  const { issuer, at } = request;
  const days = request.lifetimeDays ?? (issuer === undefined ? undefined : knownLifetime(issuer, at));
  if (days === undefined) return [];
  const value = daysText(days);
  const path = entry === undefined ? undefined : [...entry.path, "lifetimeDays"];
  const { min = 0, max = Infinity } = entry?.lifetimeDays ?? {};
  const longest = isPublic(policy, issuer) ? longestPublicLifetime(at) : Infinity;
  if (min <= days && days <= max && days <= longest) return [];
  const fix = fixOfLifetime(request, entry, min, Math.min(max, longest));
  if (days < min)
    return [
      {
        ...{ rule: "policy/lifetime-too-short", value, path, fix },
        what: `a lifetime of ${value} is below ${daysText(min)}`,
      },
    ];
  const rule = "policy/lifetime-too-long";
  if (days > max) return [{ rule, value, what: `a lifetime of ${value} is above ${daysText(max)}`, fix, path }];
  const what = `a lifetime of ${value} is above ${daysText(longest)}, the most that a public issuer may give now`;
  return [{ rule, value, what, fix, isDefault: true }];
}

/** Another profile where the issuer has one that the entry allows and that keeps the bounds, else another lifetime or issuer. */
function fixOfLifetime(
  { issuer, lifetimeDays, at }: CertificateRequest,
  entry: CertificateEntry | undefined,
  least: number,
  most: number,
): string {
  if (lifetimeDays !== undefined && least <= most)
    return lifetimeDays < least
      ? `let it live for ${daysText(least)} or more`
      : `let it live for ${daysText(most)} or less`;
  const profile = (entry?.profiles ?? knownProfiles).find((each) => {
    const days = issuer?.kind === "acme" ? knownLifetime({ ...issuer, profile: each }, at) : undefined;
    return days !== undefined && least <= days && days <= most;
  });
  return profile === undefined ? "take another issuer" : `ask for the profile ${profile}`;
}

function isPublic(policy: Policy, issuer: RequestedIssuer | undefined): boolean {
  if (issuer === undefined) return false;
  return known(policy, issuer)?.isPublic ?? isKnownPublic(issuer);
}

/** The issuer as the policy has it. */
function known({ issuers }: Policy, issuer: RequestedIssuer): Issuer | undefined {
  const called = nameOf(issuer);
  return issuers?.find(({ name, directoryUrl, authorityArn }) => (authorityArn ?? directoryUrl ?? name) === called);
}

function nameOf(issuer: RequestedIssuer): string {
  switch (issuer.kind) {
    case "acm":
      return acmName;
    case "private-ca":
      return issuer.authorityArn;
    case "acme":
      return directoryAsSpelt(issuer.directoryUrl);
  }
}
