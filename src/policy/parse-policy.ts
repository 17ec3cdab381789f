import { parseNamePattern, type NamePattern } from "../dns/name-pattern";
import { toAppError } from "../platform/errors";
import { didYouMean } from "../platform/yaml-file/did-you-mean";
import type { LocatedYaml, YamlPath } from "../platform/yaml-file/located-yaml";
import { parseDate } from "../platform/yaml-file/parse-date";
import { asRequested, directoryAsSpelt, isKnownPublic } from "./known-issuer";
import { acmName, type CertificateEntry, type Freeze, type Issuer, type Policy, type Scope } from "./policy";
import type { PolicyDocument, PolicyFile } from "./policy-shape";
import { PolicySource } from "./policy-source";

/** Errors: `invalid_config`, which lists every mistake with its line and column. `yaml`: for callers that ask for places. */
export function parsePolicy(text: string, fileName: string, yaml?: LocatedYaml): Policy {
  return build(PolicySource.ofText(text, fileName, yaml));
}

/** The same of an object; mistakes are told with their paths. Errors: `invalid_config`. */
export function policyOf(policy: PolicyDocument, name = "policy"): Policy {
  return build(PolicySource.ofObject(policy, name));
}

function build(source: PolicySource): Policy {
  const { file, placeOf } = source;
  checkReferences(source);
  const policy: Policy = {
    ...{ enforcement: file.enforcement, unlisted: file.unlisted, tiers: file.tiers, placeOf },
    issuers: file.issuers?.map((entry, index) => issuerOf(entry, ["issuers", index], source)),
    owners: file.owners?.map((entry, index) => {
      const path = ["owners", index];
      return { ...entry, path, names: patternsOf(entry.names, [...path, "names"], source) };
    }),
    certificates: file.certificates?.map((entry, index) => certificateOf(entry, ["certificates", index], source)),
    attachments: file.attachments?.map((entry, index) => ({ ...entry, path: ["attachments", index] })),
    windows: file.windows.map((entry, index) => {
      const path = ["windows", index];
      if (!isTimeZone(entry.timeZone))
        source.blame([...path, "timeZone"], `"${entry.timeZone}" is not a time zone`, "write it as Europe/Berlin");
      return { ...entry, path };
    }),
    freezes: file.freezes.map((entry, index) => freezeOf(entry, ["freezes", index], source)),
    waivers: file.waivers.map((entry, index) => {
      const path = ["waivers", index];
      const until = dateOf(entry.until, [...path, "until"], source);
      return { ...entry, path, until, names: patternsOf(entry.names, [...path, "names"], source) };
    }),
  };
  source.refuseIfBlamed();
  return policy;
}

function issuerOf(
  { name, directoryUrl, authorityArn, public: told }: Entry<"issuers">,
  path: YamlPath,
  source: PolicySource,
): Issuer {
  if (name === acmName && directoryUrl !== undefined)
    source.blame([...path, "directoryUrl"], "acm is AWS Certificate Manager, which has none", "call the CA otherwise");
  if (name === acmName && authorityArn !== undefined)
    source.blame([...path, "authorityArn"], "acm is AWS Certificate Manager's own CA", "call the private CA otherwise");
  if (name !== acmName && directoryUrl === undefined && authorityArn === undefined)
    source.blame(path, `${name} has no directoryUrl`, "give the URL of the CA's ACME directory");
  if (directoryUrl !== undefined && authorityArn !== undefined)
    source.blame([...path, "authorityArn"], `${name} has a directoryUrl, too`, "list them as two issuers");
  const href = directoryUrl && directoryAsSpelt(directoryUrl);
  const where = { directoryUrl: href, authorityArn };
  return { name, path, ...where, isPublic: told ?? isKnownPublic(asRequested(where)) };
}

function certificateOf(entry: Entry<"certificates">, path: YamlPath, source: PolicySource): CertificateEntry {
  const { min = 0, max = Infinity } = entry.lifetimeDays ?? {};
  if (min > max) source.blame([...path, "lifetimeDays"], `min ${min} is above max ${max}`);
  const names = entry.names && patternsOf(entry.names, [...path, "names"], source);
  return { ...entry, path, names };
}

function freezeOf(entry: Entry<"freezes">, path: YamlPath, source: PolicySource): Freeze {
  const from = dateOf(entry.from, [...path, "from"], source);
  const to = dateOf(entry.to, [...path, "to"], source);
  if (from >= to) source.blame([...path, "to"], "it ends before it begins", "give a later moment");
  return { ...entry, path, from, to };
}

type Section = "issuers" | "owners" | "certificates" | "attachments" | "windows" | "freezes" | "waivers";
type Entry<Key extends Section> = NonNullable<PolicyFile[Key]>[number];

/** What entries name must be there, and be there once. */
function checkReferences(source: PolicySource): void {
  const { issuers, tiers, owners, certificates, attachments, windows, freezes, waivers } = source.file;
  const known = {
    issuers: issuers?.map(({ name }) => name),
    owners: owners?.map(({ name }) => name),
    tiers,
  };
  unique(source, known.issuers, (index) => ["issuers", index, "name"]);
  const directories = issuers?.map(({ directoryUrl = "" }) => directoryAsSpelt(directoryUrl));
  unique(source, directories, (index) => ["issuers", index, "directoryUrl"]);
  const authorities = issuers?.map(({ authorityArn = "" }) => authorityArn);
  unique(source, authorities, (index) => ["issuers", index, "authorityArn"]);
  unique(source, known.owners, (index) => ["owners", index, "name"]);
  unique(source, known.tiers, (index) => ["tiers", index]);
  const refer = (kind: keyof typeof known, names: readonly string[] | undefined, path: YamlPath) =>
    names?.forEach((name, index) => {
      const list = known[kind] ?? [];
      if (list.includes(name)) return;
      const hint = didYouMean(name, list) ?? `list it under ${kind}`;
      source.blame([...path, index], `"${name}" is none of the policy's ${kind}`, hint);
    });
  const scopes: readonly [string, readonly Scope[] | undefined][] = [
    ["certificates", certificates],
    ["attachments", attachments],
    ["windows", windows],
    ["freezes", freezes],
  ];
  owners?.forEach((owner, index) => refer("tiers", owner.tiers, ["owners", index, "tiers"]));
  for (const [section, entries] of scopes)
    entries?.forEach((entry, index) => {
      refer("owners", entry.owners, [section, index, "owners"]);
      refer("tiers", entry.tiers, [section, index, "tiers"]);
    });
  certificates?.forEach((entry, index) => refer("issuers", entry.issuers, ["certificates", index, "issuers"]));
  if (known.owners !== undefined)
    waivers.forEach(({ owner }, index) => {
      if (known.owners?.includes(owner) === false)
        source.blame(
          ["waivers", index, "owner"],
          `"${owner}" is none of the policy's owners`,
          didYouMean(owner, known.owners),
        );
    });
}

function unique(source: PolicySource, names: readonly string[] = [], pathOf: (index: number) => YamlPath): void {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    if (name !== "" && seen.has(name)) source.blame(pathOf(index), `"${name}" is there already`);
    seen.add(name);
  });
}

function patternsOf(texts: readonly string[], path: YamlPath, source: PolicySource): NamePattern[] {
  return texts.flatMap((text, index) => {
    try {
      return [parseNamePattern(text)];
    } catch (error) {
      const { message, hint } = toAppError(error);
      source.blame([...path, index], message, hint);
      return [];
    }
  });
}

function dateOf(text: string, path: YamlPath, source: PolicySource): Date {
  const date = parseDate(text);
  if (Number.isNaN(date.getTime())) source.blame(path, `"${text}" is not a date`, "write 2027-01-31 (midnight UTC)");
  return date;
}

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
