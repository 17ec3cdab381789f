/** How findings speak of certificates and times. */
import type { ScannedCertificate, ServingPoint, Team } from "../scan/estate";

const hourMs = 3600_000;
const dayMs = 24 * hourMs;

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

export function days(from: Date, until: Date): number {
  return Math.floor((until.getTime() - from.getTime()) / dayMs);
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `in 3 days`, `in 5 hours`, `2 days ago`, `less than an hour ago`. */
export function away(now: Date, when: Date): string {
  const ms = Math.abs(when.getTime() - now.getTime());
  const hours = ms < hourMs ? "less than an hour" : counted(Math.floor(ms / hourMs), "hour");
  const span = ms < dayMs ? hours : counted(Math.floor(ms / dayMs), "day");
  return when > now ? `in ${span}` : `${span} ago`;
}

export function date(when: Date): string {
  return when.toISOString().slice(0, 10);
}
