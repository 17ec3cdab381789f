import type { Construct } from "constructs";
import { zoneForName } from "../src/dns/zone-for-name";
import type { AcmOptions } from "./certificate-issuer";
import { checkAcmRequest } from "./checks/check-acm-request";
import type { IDnsZone } from "./dns-zone";
import { AcmCertificate, AcmCertificateValidation } from "./engine";
import type { IssuedCertificate, IssueRequest } from "./issued-certificate";
import { ValidationRecord } from "./validation-record";

/**
 * A certificate that ACM issues and renews, proved by CNAME records: one for each distinct validation name, since a
 * wildcard is proved at the name below it (ACM user guide, "DNS validation"). Its ARN is known to others only once it
 * is issued.
 */
export function issueByAcm(scope: Construct, request: IssueRequest, options: AcmOptions): IssuedCertificate {
  const { domainNames, zones, keyAlgorithm, region, tags, timeouts, awsProvider: provider } = request;
  checkAcmRequest(scope, request);
  const [domainName] = domainNames;
  const certificate = new AcmCertificate(scope, "Acm", {
    domainName,
    // All of them, as ACM lists them: where none is set, hashicorp/aws keeps what was, and a removed name would stay.
    subjectAlternativeNames: [...domainNames],
    validationMethod: "DNS",
    keyAlgorithm,
    region,
    tags: tags === undefined ? undefined : { ...tags },
    options: optionsOf(options),
    provider,
    // Stored with the resource, it also orders its end after the listener's switch to whatever comes next.
    lifecycle: { createBeforeDestroy: true },
  });
  const records = validationNames(domainNames).map(({ base, listed }) => {
    const zone = zoneOf(base, zones);
    return ValidationRecord.for(scope, { domain: base, zone, certificate, listedName: listed, request });
  });
  const validation = new AcmCertificateValidation(scope, "Validation", {
    certificateArn: certificate.arn,
    validationRecordFqdns: records.map(({ fqdn }) => fqdn),
    region,
    timeouts: timeouts?.create === undefined ? undefined : { create: timeouts.create },
    provider,
    // Terraform does so by itself where an SNI entry depends on it; plans are the same everywhere.
    lifecycle: { createBeforeDestroy: true },
  });
  return {
    certificateArn: () => validation.certificateArn,
    notBefore: () => certificate.notBefore,
    notAfter: () => certificate.notAfter,
  };
}

function optionsOf({ exportable, transparencyLogging }: AcmOptions) {
  if (exportable === undefined && transparencyLogging === undefined) return undefined;
  const word = (enabled: boolean | undefined) => (enabled === undefined ? undefined : enabled ? "ENABLED" : "DISABLED");
  return { export: word(exportable), certificateTransparencyLoggingPreference: word(transparencyLogging) };
}

/** Each base once, with a name of the certificate under which ACM lists its record. */
function validationNames(domainNames: readonly string[]): { base: string; listed: string }[] {
  const listedAs = new Map<string, string>();
  for (const name of domainNames) {
    const base = name.replace(/^\*\./, "");
    if (!listedAs.has(base) || base === name) listedAs.set(base, name);
  }
  return [...listedAs].map(([base, listed]) => ({ base, listed }));
}

/** Among the zones one holds the name: that was checked before. */
function zoneOf(name: string, zones: readonly IDnsZone[]): IDnsZone {
  const holder = zoneForName(
    name,
    zones.map(({ zoneName }) => zoneName),
  );
  const zone = zones.find(({ zoneName }) => zoneName === holder) ?? zones[0];
  if (zone === undefined) throw new Error("a certificate without zones was not refused");
  return zone;
}
