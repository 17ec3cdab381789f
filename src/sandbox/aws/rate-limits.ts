/** Requests per second and region that AWS allows (ACM user guide, "API rate quotas"; ELB user guide, "Throttling"). */
const perSecond: Readonly<Record<string, number>> = {
  ImportCertificate: 1,
  AddTagsToCertificate: 5,
  RemoveTagsFromCertificate: 5,
  ListTagsForCertificate: 5,
  ListCertificates: 8,
  DescribeCertificate: 10,
  GetCertificate: 10,
  DeleteCertificate: 10,
};

interface Bucket {
  tokens: number;
  filledAt: number;
}

export class RateLimits {
  private readonly buckets = new Map<string, Bucket>();

  /** Takes a token; false where there is none left. */
  allows(region: string, operation: string, now: Date): boolean {
    const rate = perSecond[operation];
    if (rate === undefined) return true;
    const key = `${region} ${operation}`;
    const bucket = this.buckets.get(key) ?? { tokens: rate, filledAt: now.getTime() };
    const gained = ((now.getTime() - bucket.filledAt) / 1000) * rate;
    const tokens = Math.min(rate, bucket.tokens + Math.max(0, gained));
    const allowed = tokens >= 1;
    this.buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, filledAt: now.getTime() });
    return allowed;
  }
}
