import { Construct, type IConstruct } from "constructs";
import type { RenewalForecast } from "./checks/renewal-forecast";
import { isUnknown } from "./is-unknown";
import { mistakeIn } from "./mistake";

/** A certificate in ACM that can be attached, whoever made it. */
export interface ICertificate extends IConstruct {
  readonly certificateArn: string;
  /** Region the certificate stands in, where it is known at synthesis. */
  readonly region?: string;
  /** In ACM's spelling, where it is known at synthesis. */
  readonly keyAlgorithm?: string;
  /** Names it is good for, as certificates spell them; where they are known at synthesis. */
  readonly domainNames?: readonly string[];
  /** `terraform`: an apply, through our provider. Undefined where something else does. */
  readonly renewedBy?: "acm" | "terraform";
  /** What is known of its renewals at synthesis. */
  readonly renewalForecast?: RenewalForecast;
}

const arnPattern = /^arn:[\w-]+:acm:([a-z0-9-]+):\d{12}:certificate\/[\w-]+$/;

/** A certificate made elsewhere, known by its ARN only. Nothing here changes or deletes it. */
export class ImportedCertificate extends Construct implements ICertificate {
  readonly region?: string;

  constructor(
    scope: Construct,
    id: string,
    readonly certificateArn: string,
  ) {
    super(scope, id);
    if (isUnknown(certificateArn)) return;
    this.region = arnPattern.exec(certificateArn)?.[1];
    if (this.region === undefined)
      throw mistakeIn(this, {
        what: `"${certificateArn}" is not the ARN of an ACM certificate`,
        source: "AWS service authorization reference, ACM resource types",
        fix: "write arn:aws:acm:<region>:<account>:certificate/<id>",
      });
  }
}
