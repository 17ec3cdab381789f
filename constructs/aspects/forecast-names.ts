import type { IConstruct } from "constructs";
import { namesByDefault } from "../checks/check-acm-request";
import { AcmCertificate } from "../engine";
import type { Finding } from "./finding";
import { namesOf } from "./names-of";

/** Names of a certificate requested from ACM beside the quota. */
export function forecastNames(node: IConstruct, quota?: number): readonly Finding[] {
  if (!(node instanceof AcmCertificate) || node.validationMethodInput === undefined) return [];
  const count = namesOf(node)?.length ?? 0;
  if (count <= (quota ?? namesByDefault)) return [];
  return [
    {
      at: node,
      // whoever knows the quota is sure; the default may have been raised
      level: quota === undefined ? "warning" : "error",
      what: `${count} names, and ACM issues for ${quota ?? namesByDefault}`,
      source: 'ACM user guide, Quotas, "Domain names per ACM certificate"',
      fix: "declare several certificates, or have the quota raised and set namesPerAcmCertificate to it",
    },
  ];
}
