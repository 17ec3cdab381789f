import { SharedAnswer } from "./shared-answer";
import type { CertificateSummary } from "./stored-certificate";
import type { TagFilter, Tags } from "./tagged-resources";

export interface InventorySource {
  listAll(): Promise<CertificateSummary[]>;
  listTagged(filter: TagFilter): Promise<Map<string, Tags>>;
}

/**
 * All certificates of a region, asked for once and shared by every read of the process: refreshing a thousand
 * resources costs a few pages. Whoever writes to ACM calls `forget`. What is missing here may still exist: only
 * `CertificateStore.describe` proves that a certificate is gone.
 */
export class CertificateInventory {
  private readonly listed = new SharedAnswer(() => this.list());
  private readonly tagged = new Map<string, SharedAnswer<Map<string, Tags>>>();

  constructor(private readonly source: InventorySource) {}

  /** What ListCertificates says of it, or undefined if it is not listed. */
  async summary(arn: string, signal?: AbortSignal): Promise<CertificateSummary | undefined> {
    return (await this.listed.get(signal)).get(arn);
  }

  /** Every certificate, by ARN. */
  summaries(signal?: AbortSignal): Promise<ReadonlyMap<string, CertificateSummary>> {
    return this.listed.get(signal);
  }

  /** The tags of every certificate that carries this key, by ARN. */
  tagsByKey(key: string, signal?: AbortSignal): Promise<ReadonlyMap<string, Tags>> {
    const known = this.tagged.get(key) ?? new SharedAnswer(() => this.source.listTagged({ key }));
    this.tagged.set(key, known);
    return known.get(signal);
  }

  forget(): void {
    this.listed.forget();
    this.tagged.clear();
  }

  private async list(): Promise<Map<string, CertificateSummary>> {
    return new Map((await this.source.listAll()).map((summary) => [summary.arn, summary]));
  }
}
