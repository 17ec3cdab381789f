import { toldFindings, type AskedRequest, type EnforcedPolicy, type ToldFinding } from "../../../policy/told-finding";
import { placeOfPoint } from "../../policy/place-of-point";
import type { ScannedCertificate } from "../../scan/estate";
import type { EstateView } from "../estate-view";
import type { FindingFacts, FindingRule, Severity } from "../finding";
import { ofCertificate } from "../words";

export const policyRule: FindingRule = {
  id: "policy",
  title:
    "a certificate, or a place that serves it, that the organisation's policy does not allow; what it waives or tells",
  severity: "warning; notice where it is waived or only told",
  advice: "make the change that the message ends with, or agree on a waiver",
  find: (view) => {
    const { policy } = view;
    if (policy === undefined) return [];
    return view.certificates
      .filter((certificate) => certificate.names.length > 0 && !view.isOver(certificate))
      .flatMap((certificate) => [...aboutIt(certificate, policy, view), ...aboutPlaces(certificate, policy, view)]);
  },
};

/**
 * Who issued an import is not known as a policy knows issuers, by directories, and how long it lives was right on the day
 * it was issued.
 */
function aboutIt(certificate: ScannedCertificate, policy: EnforcedPolicy, { now }: EstateView): FindingFacts[] {
  const { names, keyAlgorithm, origin } = certificate;
  const issuer = origin === "amazon-issued" ? ({ kind: "acm" } as const) : undefined;
  return told(certificate, policy, { kind: "certificate", names, keyAlgorithm, issuer, at: now });
}

/** Whose a certificate is was told of itself. */
function aboutPlaces(certificate: ScannedCertificate, policy: EnforcedPolicy, view: EstateView): FindingFacts[] {
  const { names } = certificate;
  const known = new Set(aboutIt(certificate, policy, view).map(({ message }) => message));
  return view
    .attachmentsOf(certificate)
    .flatMap(({ point }) =>
      told(certificate, policy, { kind: "attachment", names, ...placeOfPoint(point), at: view.now }, point.id).filter(
        ({ message }) => !known.has(message),
      ),
    );
}

function told(
  certificate: ScannedCertificate,
  policy: EnforcedPolicy,
  request: AskedRequest,
  place?: string,
): FindingFacts[] {
  return toldFindings(policy, request).map((finding) => ({
    ...ofCertificate(certificate),
    severity: severityOf(finding),
    part: [finding.rule, finding.value, ...(place === undefined ? [] : [place])].join("/"),
    message: finding.text,
    action: finding.effect === "deny" ? "make that change, or agree on a waiver" : "nothing has to be done now",
  }));
}

function severityOf({ effect }: ToldFinding): Severity {
  return effect === "deny" ? "warning" : "notice";
}
