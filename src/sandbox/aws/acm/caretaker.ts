import type { AwsFaults } from "../aws-faults";
import type { AcmState, CertificateRecord } from "./acm-state";
import { validationRecord } from "./certificate-request";
import { isRenewalDue, statusOf, type Issuance, type Renewal } from "./issuance";
import type { ValidationLookUp } from "./validation-look-up";

export interface CaretakerOptions {
  readonly accountId: string;
  readonly acm: AcmState;
  readonly faults: () => AwsFaults;
  readonly now: () => Date;
  readonly lookUp: ValidationLookUp;
  /** Tells what uses a certificate that there is a new one. */
  readonly renewed: (arn: string) => Promise<void>;
}

/**
 * What ACM does by itself in one region: it looks for validation records, issues what is proved, and renews what is in
 * use. It starts with the first request and works until it is closed.
 */
export class Caretaker {
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly options: CaretakerOptions) {}

  /** There is something to look after from now on. */
  wake(): void {
    if (this.timer !== undefined || this.isClosed) return;
    const timer = setTimeout(() => {
      void this.round().finally(() => {
        this.timer = undefined;
        this.wake();
      });
    }, this.options.faults().validationPollMs);
    // it must not keep a process alive that is done otherwise
    this.timer = timer.unref();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  /** Looks once at every certificate. */
  async round(): Promise<void> {
    for (const record of this.options.acm.all()) {
      const { issuance } = record;
      if (issuance === undefined) continue;
      const now = this.options.now();
      const status = statusOf(issuance, record.material?.info, now);
      if (status === "PENDING_VALIDATION") await this.validate(record, issuance);
      else if (status === "ISSUED") await this.renewIfDue(record, issuance, now);
      else if (status === "EXPIRED") this.giveUpRenewal(issuance, now);
    }
  }

  private async validate(record: CertificateRecord, issuance: Issuance): Promise<void> {
    const { acm, now } = this.options;
    const { names } = issuance.request;
    for (const name of await this.proved(names.filter((each) => !issuance.validated.has(each))))
      issuance.validated.add(name);
    if (issuance.validated.size < names.length) return;
    const permitted = await this.permitted(names);
    if (permitted === false) issuance.failure = "CAA_ERROR";
    if (permitted !== true) return;
    await acm.issue(record, issuance);
    issuance.issuedAt = now();
    acm.refreshIndex(record, now());
  }

  /** Every name must be proved once more (ACM user guide, "Renewal for domains validated by DNS"). */
  private async renewIfDue(record: CertificateRecord, issuance: Issuance, now: Date): Promise<void> {
    const { acm, renewed } = this.options;
    const { material, arn } = record;
    if (material === undefined || !isRenewalDue(material.info, now) || acm.usersOf(arn, now).length === 0) return;
    const { names } = issuance.request;
    const validated = new Set(await this.proved(names));
    const permitted = validated.size === names.length ? await this.permitted(names) : undefined;
    const attempt = (status: Renewal["status"], reason?: string) => {
      const { renewal } = issuance;
      if (renewal?.status === status && renewal.validated.size === validated.size) return;
      issuance.renewal = { status, reason, validated, updatedAt: this.options.now() };
    };
    if (permitted !== true) {
      attempt("PENDING_VALIDATION", permitted === false ? "CAA_ERROR" : undefined);
      return;
    }
    await acm.issue(record, issuance);
    issuance.renewal = { status: "SUCCESS", validated, updatedAt: this.options.now() };
    acm.refreshIndex(record, this.options.now());
    await renewed(arn);
  }

  /** ACM API reference, RenewalSummary: FAILED is a certificate that ended before its names were proved. */
  private giveUpRenewal(issuance: Issuance, updatedAt: Date): void {
    const { renewal } = issuance;
    if (renewal?.status === "PENDING_VALIDATION")
      issuance.renewal = { ...renewal, status: "FAILED", reason: renewal.reason ?? "OTHER", updatedAt };
  }

  private async proved(names: readonly string[]): Promise<readonly string[]> {
    const { accountId, lookUp } = this.options;
    const proofs = await Promise.all(names.map((name) => lookUp.isProved(validationRecord(accountId, name))));
    return names.filter((_, index) => proofs[index] === true);
  }

  /** False if one is forbidden, undefined if that cannot be told now. */
  private async permitted(names: readonly string[]): Promise<boolean | undefined> {
    const verdicts = await Promise.all(names.map((name) => this.options.lookUp.isPermitted(name)));
    if (verdicts.includes(false)) return false;
    return verdicts.includes(undefined) ? undefined : true;
  }
}
