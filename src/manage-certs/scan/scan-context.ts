import type { RenewalInfo, RenewalPolicy } from "../../certificates/decide-renewal";
import type { AwsAccess } from "../../aws/aws-access";
import type { ScanFailures } from "./scan-failures";

/** An issued certificate as its CA knows it. */
export interface IssuedFacts {
  readonly issuer: string;
  readonly authorityKeyId: string;
  readonly serial: string;
}

/** The CA's word on when to renew; undefined where the CA is not known, has none, or cannot be asked. */
export type AskRenewalInfo = (facts: IssuedFacts, signal?: AbortSignal) => Promise<RenewalInfo | undefined>;

/** Where a part of the scan looks and what it decides with. */
export interface ScanContext {
  readonly access: AwsAccess;
  readonly accountId: string;
  readonly failures: ScanFailures;
  readonly now: Date;
  readonly policy: RenewalPolicy;
  readonly askRenewalInfo?: AskRenewalInfo;
  /** Called as certificates become known. */
  readonly onCertificates: (found: number) => void;
  readonly signal?: AbortSignal;
}

/** For things that have no region: IAM, CloudFront. */
export const globalPlace = "aws-global";
