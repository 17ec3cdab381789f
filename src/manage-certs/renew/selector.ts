import { AppError } from "../../platform/errors";
import type { ScannedCertificate } from "../scan/estate";

/** One `--only`: a domain name, the ARN of a certificate, or a tag with its value. */
export type Selector = (certificate: ScannedCertificate) => boolean;

/** Errors: `invalid_argument`. */
export function parseSelector(text: string): Selector {
  if (text.startsWith("arn:")) return ({ arn }) => arn === text;
  const equals = text.indexOf("=");
  if (equals > 0) {
    const [key, value] = [text.slice(0, equals), text.slice(equals + 1)];
    return ({ tags }) => tags[key] === value;
  }
  const name = text.toLowerCase().replace(/\.$/, "");
  if (/^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)+$/.test(name)) return ({ names }) => names.includes(name);
  throw new AppError("invalid_argument", `--only ${text} is neither a domain name nor an ARN nor TAG=VALUE`, {
    hint: "for example --only app.example.gov, or --only team=payments",
  });
}
