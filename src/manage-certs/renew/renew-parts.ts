import type { AwsAccess } from "../../aws/aws-access";
import type { Logger } from "../../platform/log";
import type { Attachment, ServingPoint } from "../scan/estate";
import type { OrderParts } from "./order-certificate";
import type { ProveParts } from "./prove-serving";
import type { retireCertificate } from "./retire-certificate";

/** What the renewals of one run have in common. */
export interface RenewParts extends ProveParts, Omit<OrderParts, "log"> {
  /** Errors: `internal` for an account that was not scanned. */
  readonly accessTo: (accountId: string) => AwsAccess;
  /** Where a new certificate is tried before all others. */
  readonly isCanary: (point: ServingPoint) => boolean;
  /** Go on where no listener can be reached, so that nothing is proved. */
  readonly unproved: boolean;
  /** How long a certificate that was replaced is kept, in milliseconds. */
  readonly graceMs: number;
  /** What becomes of a certificate once its successor has all of its places. @default retireCertificate */
  readonly retire?: typeof retireCertificate;
  /** Random, new at each call. */
  readonly newGeneration: () => string;
  readonly log: Logger;
}

/** What is being done for a certificate; for people. */
export type RenewalStep = "check" | "order" | "import" | "try" | "attach" | "prove" | "put back" | "clean up";

export type OnStep = (step: RenewalStep, where?: string) => void;

/** What came of it, and what is true now. */
export interface RenewalOutcome {
  readonly result: "renewed" | "finished" | "trial ended" | "deleted" | "left";
  /** The certificate that is in place now. */
  readonly arn: string;
  readonly serial?: string;
  readonly notAfter?: Date;
  /** What somebody should know all the same. */
  readonly warnings: readonly string[];
}

export const nameOfPlace = ({ point, role }: Attachment): string => `${point.name} (${role})`;
