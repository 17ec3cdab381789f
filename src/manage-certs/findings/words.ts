/** How findings speak of certificates and times. */
import type { ScannedCertificate, ServingPoint, Team } from "../scan/estate";

export { away, counted, date, days } from "../../platform/words";

/** `app.example.gov`, `app.example.gov and 2 more`. */
export function nameOfCertificate({ names, arn }: Pick<ScannedCertificate, "names" | "arn">): string {
  const [first = arn, ...others] = names;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** Whom to tell. */
export function teamText({ name, contact }: Team): string {
  return contact === undefined ? name : `${name}, ${contact}`;
}

export function ofCertificate(certificate: ScannedCertificate) {
  const { arn: subject, accountId, region, notAfter: due } = certificate;
  return { subject, accountId, region, name: nameOfCertificate(certificate), due };
}

export function ofPoint({ id: subject, accountId, region, name }: ServingPoint) {
  return { subject, accountId, region, name };
}
