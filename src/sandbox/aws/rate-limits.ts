/**
 * Requests per second and region that AWS allows (ACM user guide, "API rate quotas"; Route 53 developer guide,
 * "Quotas": five requests per second and account, whatever they ask).
 */
const perSecond: Readonly<Record<string, number>> = {
  "acm:ImportCertificate": 1,
  "acm:RequestCertificate": 5,
  "acm:UpdateCertificateOptions": 5,
  "acm:AddTagsToCertificate": 5,
  "acm:RemoveTagsFromCertificate": 5,
  "acm:ListTagsForCertificate": 5,
  "acm:ListCertificates": 8,
  "acm:DescribeCertificate": 10,
  "acm:GetCertificate": 10,
  "acm:DeleteCertificate": 10,
  "route53:*": 5,
};

interface Bucket {
  tokens: number;
  filledAt: number;
}

export class RateLimits {
  private readonly buckets = new Map<string, Bucket>();

  /** Takes a token for an IAM action such as `acm:ImportCertificate`; false where there is none left. */
  allows(region: string, action: string, now: Date): boolean {
    const name = action in perSecond ? action : action.replace(/:.*/, ":*");
    const rate = perSecond[name];
    if (rate === undefined) return true;
    const key = `${region} ${name}`;
    const bucket = this.buckets.get(key) ?? { tokens: rate, filledAt: now.getTime() };
    const gained = ((now.getTime() - bucket.filledAt) / 1000) * rate;
    const tokens = Math.min(rate, bucket.tokens + Math.max(0, gained));
    const allowed = tokens >= 1;
    this.buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, filledAt: now.getTime() });
    return allowed;
  }
}
