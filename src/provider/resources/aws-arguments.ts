/** Rules for what users write about AWS; that it exists is for AWS to say. */
import { AppError } from "../../platform/errors";

/** Codes of every partition have this form: us-east-1, us-gov-west-1, eusc-de-east-1. */
export function checkRegion(region: string): void {
  if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region))
    throw new AppError("invalid_argument", `"${region}" is not the code of an AWS region`, {
      hint: "write it as us-east-1",
    });
}

export function checkRoleArn(arn: string): void {
  if (!/^arn:[a-z-]+:iam::\d{12}:role\/\S+$/.test(arn))
    throw new AppError("invalid_argument", `"${arn}" is not the ARN of a role`, {
      hint: "write it as arn:aws:iam::111122223333:role/name",
    });
}
