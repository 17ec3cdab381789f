import { parseCertificateArn } from "../../aws/arn";
import type { CertificateInventory } from "../../aws/certificate-inventory";
import type { CertificateStore } from "../../aws/certificate-store";
import type { CertificateDescription, CertificateSummary } from "../../aws/stored-certificate";
import { AppError, isAppError, toAppError } from "../../platform/errors";
import type { StateCertificate } from "./certificates-in-state";

/** What ACM says of a certificate; a list tells neither its serial nor how its own renewal goes. */
export type AcmAnswer =
  | { readonly state: "seen"; readonly certificate: CertificateSummary & Partial<CertificateDescription> }
  | { readonly state: "gone" }
  | { readonly state: "unseen"; readonly error: AppError };

/** ACM in one region, as far as the detector asks it. */
export interface AskedStore extends Pick<CertificateStore, "describe"> {
  readonly inventory: Pick<CertificateInventory, "summaries">;
}

type Listed = ReadonlyMap<string, CertificateSummary> | AppError;

/**
 * ACM as the detector of one run looks at it: one list for each region, however many stacks there are. The list may be
 * older than a stack's plan, so it is believed where both agree, and a certificate is described where they do not; the
 * same for one that ACM should be renewing by itself. What fails once for a region is not tried again.
 */
export class AcmView {
  private readonly lists = new Map<string, Promise<Listed>>();

  constructor(
    private readonly stores: (region: string) => AskedStore,
    private readonly signal: AbortSignal,
  ) {}

  /** Errors: `aborted`. */
  async look(certificate: StateCertificate, isAcmsTurn: boolean): Promise<AcmAnswer> {
    const { arn, notAfter } = certificate;
    try {
      const { region } = parseCertificateArn(arn);
      const listed = await this.list(region);
      if (listed instanceof AppError) throw listed;
      const summary = listed.get(arn);
      const agrees = summary !== undefined && summary.notAfter?.getTime() === notAfter?.getTime();
      if (agrees && !isAcmsTurn) return { state: "seen", certificate: summary };
      const description = await this.stores(region).describe(arn, { signal: this.signal });
      return description === undefined ? { state: "gone" } : { state: "seen", certificate: description };
    } catch (thrown) {
      const error = toAppError(thrown);
      if (isAppError(error, "aborted") && this.signal.aborted) throw error;
      return { state: "unseen", error };
    }
  }

  private list(region: string): Promise<Listed> {
    const known = this.lists.get(region) ?? this.ask(region);
    this.lists.set(region, known);
    return known;
  }

  private async ask(region: string): Promise<Listed> {
    try {
      return await this.stores(region).inventory.summaries(this.signal);
    } catch (error) {
      return toAppError(error);
    }
  }
}
