import type { RevocationJournal } from "../../issuance/revocation-journal";
import type { HttpClient } from "../../platform/http";
import type { RenewalStep, RenewParts } from "../renew/renew-parts";
import type { ListedRevocation } from "../../acme/look-up-revocation";

/** What the revocations of one run have in common. */
export interface RevokeParts extends RenewParts {
  readonly journal: RevocationJournal;
  /** For lists of revoked certificates. */
  readonly http: Pick<HttpClient, "send">;
}

/** What is being done; for people. */
export type RevocationStep = RenewalStep | "revoke" | "look up";

export type OnRevocationStep = (step: RevocationStep, where?: string) => void;

/** The certificate that has its places now. */
export interface Replacement {
  readonly arn: string;
  readonly serial: string;
  readonly notAfter?: Date;
}

/** What came of it, and what is true now. */
export interface RevocationOutcome {
  readonly result: "revoked" | "already revoked" | "left";
  /** What the CA's own list says. */
  readonly listed?: ListedRevocation;
  readonly replacement?: Replacement;
  /** What somebody should know all the same. */
  readonly warnings: readonly string[];
}
