/** How often AWS lets an account call an API in one region: token buckets, and how they were used. */
import type { Service } from "./service";

export interface Bucket {
  readonly name: string;
  /** Tokens that come back in a second. */
  readonly perSecond: number;
  /** Tokens of a full bucket. */
  readonly burst: number;
}

export interface Place {
  readonly accountId: string;
  readonly region: string;
}

export interface BucketUse extends Bucket, Place {
  /** Requests that had a token. */
  readonly allowed: number;
  /** Requests that had none. */
  readonly throttled: number;
}

/** ACM user guide, "API rate quotas": per second. */
const acmRates: Readonly<Record<string, number>> = {
  ImportCertificate: 1,
  RequestCertificate: 5,
  SearchCertificates: 5,
  UpdateCertificateOptions: 5,
  AddTagsToCertificate: 5,
  RemoveTagsFromCertificate: 5,
  ListTagsForCertificate: 5,
  ListCertificates: 8,
  DescribeCertificate: 10,
  GetCertificate: 10,
  DeleteCertificate: 10,
};

/** The bucket that an action takes its token from; undefined where AWS publishes no rate. */
export function bucketOf({ iamPrefix, version = "" }: Service, action: string): Bucket | undefined {
  switch (iamPrefix) {
    case "acm": {
      const perSecond = acmRates[action];
      return perSecond === undefined ? undefined : { name: `acm:${action}`, perSecond, burst: perSecond };
    }
    case "elasticloadbalancing":
      // Elastic Load Balancing user guide, "Request throttling": each version of the API has buckets of its own.
      return action.startsWith("Describe")
        ? { name: `elasticloadbalancing:Describe ${version}`, perSecond: 10, burst: 40 }
        : undefined;
    case "apigateway":
      // API Gateway developer guide, "Quotas for creating, deploying and managing an API": total operations.
      return { name: "apigateway:*", perSecond: 10, burst: 40 };
    case "route53":
      // Route 53 developer guide, "Quotas": five requests per second and account, whatever they ask.
      return { name: "route53:*", perSecond: 5, burst: 5 };
    case "sts":
      // IAM user guide, "IAM and STS quotas".
      return { name: "sts:*", perSecond: 600, burst: 600 };
    case "account":
      // Account Management reference guide, "Quotas": 5 per second, burst to 5, for either action.
      return { name: `account:${action}`, perSecond: 5, burst: 5 };
    default:
      return undefined;
  }
}

interface Level {
  readonly bucket: Bucket;
  readonly place: Place;
  tokens: number;
  filledAt: number;
  allowed: number;
  throttled: number;
}

export class RateLimits {
  private readonly levels = new Map<string, Level>();

  /** Takes a token; false where there is none left. What has no bucket always passes. */
  allows(bucket: Bucket | undefined, place: Place, now: Date): boolean {
    if (bucket === undefined) return true;
    const level = this.levelOf(bucket, place, now.getTime());
    const gained = (Math.max(0, now.getTime() - level.filledAt) / 1000) * bucket.perSecond;
    level.tokens = Math.min(bucket.burst, level.tokens + gained);
    level.filledAt = now.getTime();
    if (level.tokens < 1) {
      level.throttled++;
      return false;
    }
    level.tokens--;
    level.allowed++;
    return true;
  }

  /** Every bucket that was asked of. */
  uses(): readonly BucketUse[] {
    return [...this.levels.values()].map(({ bucket, place, allowed, throttled }) => ({
      ...bucket,
      ...place,
      allowed,
      throttled,
    }));
  }

  private levelOf(bucket: Bucket, place: Place, now: number): Level {
    const key = `${place.accountId} ${place.region} ${bucket.name}`;
    const level = this.levels.get(key) ?? {
      bucket,
      place,
      tokens: bucket.burst,
      filledAt: now,
      allowed: 0,
      throttled: 0,
    };
    this.levels.set(key, level);
    return level;
  }
}
