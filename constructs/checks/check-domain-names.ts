import type { IConstruct } from "constructs";
import {
  type DomainName,
  challengeName,
  isWildcard,
  matchesHost,
  parseDomainName,
} from "../../src/certificates/domain-name";
import { zoneForName } from "../../src/dns/zone-for-name";
import { toAppError } from "../../src/platform/errors";
import type { AcmeOptions, IssuerSettings } from "../certificate-issuer";
import type { IDnsZone } from "../dns-zone";
import { isUnknown } from "../is-unknown";
import { type Mistake, mistakeIn } from "../mistake";
import { isLetsEncrypt, profileLimits, profilesPage } from "../../src/certificates/lets-encrypt";

/** Let's Encrypt, rate limits; AWS Certificate Manager quotas. */
const mostNames = 100;

/**
 * Checks the names of one certificate against each other, its zones and its CA, and returns those known at synthesis
 * as certificates spell them. Names with tokens pass unchecked and unchanged.
 */
export function checkDomainNames(
  scope: IConstruct,
  domainNames: readonly string[],
  zones: readonly IDnsZone[],
  issuer: IssuerSettings,
): readonly string[] {
  const refuse = (mistake: Mistake): never => {
    throw mistakeIn(scope, mistake);
  };
  if (isUnknown(domainNames)) return domainNames;
  if (domainNames.length === 0)
    refuse({ what: "domainNames is empty", source: "RFC 8555 7.4", fix: "name at least one host" });
  const acme = issuer.kind === "acme" ? issuer : undefined;
  checkCount(domainNames.length, acme, refuse);

  const names = domainNames.map((text) => (isUnknown(text) ? text : parse(text, refuse)));
  const known = names.filter((name): name is DomainName => !isUnknown(name));
  checkTwice(known, refuse);
  if (acme !== undefined && isLetsEncrypt(acme.directoryUrl)) checkRedundant(known, refuse);
  for (const name of known) checkChallenge(name, zones, refuse);
  return names;
}

type Refuse = (mistake: Mistake) => never;

function parse(text: string, refuse: Refuse): DomainName {
  try {
    return parseDomainName(text);
  } catch (error) {
    const { code, message, hint } = toAppError(error);
    const source = "RFC 1035 2.3.4, CA/B Baseline Requirements 7.1.4.2";
    return refuse({ code, what: message, source, fix: hint ?? "correct the name or leave it out", cause: error });
  }
}

function checkCount(count: number, issuer: AcmeOptions | undefined, refuse: Refuse): void {
  const limits = issuer && profileLimits(issuer);
  const most = limits?.maxNames ?? mostNames;
  if (count <= most) return;
  refuse({
    what: `${count} names, and a certificate holds at most ${most}${limits === undefined ? "" : ` in profile ${issuer?.profile ?? "classic"}`}`,
    source: limits === undefined ? "Let's Encrypt, rate limits; AWS Certificate Manager, quotas" : profilesPage,
    fix:
      most < mostNames && count <= mostNames
        ? "use profile classic, or declare several certificates"
        : "declare several certificates, or use a wildcard",
  });
}

function checkTwice(names: readonly DomainName[], refuse: Refuse): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    refuse({ what: `"${twice}" is listed twice`, source: "RFC 8555 7.1.3", fix: "leave out one of the two" });
}

/** Boulder, the software of Let's Encrypt, refuses such orders as malformed. */
function checkRedundant(names: readonly DomainName[], refuse: Refuse): void {
  const wildcards = names.filter(isWildcard);
  for (const name of names)
    for (const wildcard of wildcards)
      if (name !== wildcard && matchesHost(wildcard, name))
        refuse({
          what: `"${name}" is covered by "${wildcard}" already, and Let's Encrypt refuses both in one order`,
          source: "letsencrypt/boulder, registration authority, NewOrder",
          fix: `leave out "${name}"`,
        });
}

function checkChallenge(name: DomainName, zones: readonly IDnsZone[], refuse: Refuse): void {
  const challenge = challengeName(name);
  if (challenge.length > 253)
    refuse({
      what: `"${name}" is too long to be validated: "${challenge}" has ${challenge.length} characters, 253 is the most`,
      source: "RFC 8555 8.4, RFC 1035 2.3.4",
      fix: "use a shorter name, or a wildcard one label above",
    });
  const zoneNames = zones.map(({ zoneName }) => zoneName);
  if (zoneNames.some((zone) => isUnknown(zone)) || zoneForName(challenge, zoneNames) !== undefined) return;
  refuse({
    what: `"${name}" lies outside ${zoneNames.join(", ")}, so its challenge cannot be written`,
    source: "RFC 8555 8.4",
    fix: `add the zone that holds it to zones, or leave out "${name}"`,
  });
}
