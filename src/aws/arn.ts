import { AppError } from "../platform/errors";

/** `arn:partition:service:region:account:resource` (AWS General Reference, Amazon Resource Names). */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** All that follows the account: `certificate/12345678-…`. */
  readonly resource: string;
}

/** Errors: `invalid_argument`. */
export function parseArn(text: string): ArnParts {
  const [arn, partition, service, region, accountId, ...rest] = text.split(":");
  const resource = rest.join(":");
  if (arn !== "arn" || !partition || !service || region === undefined || accountId === undefined || resource === "")
    throw new AppError("invalid_argument", `"${text}" is not an ARN`, {
      hint: "write arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE",
    });
  return { partition, service, region, accountId, resource };
}

/** The parts of an ACM certificate's ARN. Errors: `invalid_argument`. */
export function parseCertificateArn(text: string): ArnParts {
  const parts = parseArn(text);
  if (parts.service !== "acm" || !/^certificate\/[\w-]+$/.test(parts.resource))
    throw new AppError("invalid_argument", `"${text}" is not the ARN of an ACM certificate`, {
      hint: "write arn:aws:acm:REGION:ACCOUNT:certificate/ID",
    });
  return parts;
}
