import type { Construct } from "constructs";
import { UnexpiredCertificate, type UnexpiredCertificateIssuer } from "./bindings/unexpired-certificate";
import { UnexpiredProvider } from "./bindings/unexpired-provider";
import type { AcmeOptions, ExternalAccountBinding } from "./certificate-issuer";
import { checkIssuer } from "./checks/check-issuer";
import { checkRenewal } from "./checks/check-renewal";
import { checkCertificateName } from "./checks/check-tags";
import { claimCertificateName } from "./checks/claim-certificate-name";
import { warnOfReimport } from "./checks/warn-of-reimport";
import type { IssuedCertificate, IssueRequest } from "./issued-certificate";

/** A certificate that our provider orders from an ACME CA and imports into ACM. */
export function issueByAcme(scope: Construct, request: IssueRequest, issuer: AcmeOptions): IssuedCertificate {
  const { name, domainNames, keyAlgorithm, region, zones, renewal, tags, timeouts, provider } = request;
  checkIssuer(scope, issuer);
  checkCertificateName(scope, name);
  checkRenewal(scope, renewal ?? {}, issuer);
  claimCertificateName(scope, name, `${provider?.alias ?? ""} ${region ?? ""}`);
  warnOfReimport(scope, keyAlgorithm, issuer);
  if (provider === undefined) UnexpiredProvider.ensureIn(scope);
  const resource = new UnexpiredCertificate(scope, "Resource", {
    name,
    domainNames,
    keyAlgorithm,
    region,
    issuer: issuerSettings(issuer),
    zones: zones.map(({ zoneName: name, zoneType: type, hostedZoneId: id }) => ({ name, type, id })),
    renewal,
    tags,
    timeouts,
    provider,
    // Stored with the resource, it also orders its end after the listener's switch to whatever comes next.
    lifecycle: { createBeforeDestroy: true },
  });
  return {
    certificateArn: () => resource.arn,
    notBefore: () => resource.notBefore,
    notAfter: () => resource.notAfter,
    details: resource,
  };
}

function issuerSettings({ externalAccountBinding, ...settings }: AcmeOptions): UnexpiredCertificateIssuer {
  return {
    ...settings,
    externalAccountBinding: externalAccountBinding && bindingSettings(externalAccountBinding),
  };
}

function bindingSettings({ keyId, hmacKey }: ExternalAccountBinding) {
  switch (hmacKey.source) {
    case "environment":
      return { keyId, hmacKeyEnv: hmacKey.reference };
    case "secretsManager":
      return { keyId, hmacKeySecretArn: hmacKey.reference };
    case "file":
      return { keyId, hmacKeyFile: hmacKey.reference };
  }
}
