import type { Distributions, DistributionConfig } from "../aws/distributions";
import { AppError, isAppError } from "../platform/errors";
import { retry, type RetryPolicy } from "../platform/retry";
import { noSniList, type ServingTarget } from "./serving-target";

/** Somebody else's change between our look and our update. */
const contended: RetryPolicy = { attempts: 5, firstDelayMs: 250, maxDelayMs: 2_000 };

/** A CloudFront distribution, which has one certificate. Its edges take a change some minutes after the answer. */
export function distributionTarget(distributions: Distributions, id: string): ServingTarget {
  return {
    name: id,
    served: async (signal) => {
      const { distribution } = await distributions.get(id, { signal });
      return { defaultArn: distribution.DistributionConfig?.ViewerCertificate?.ACMCertificateArn, sniArns: [] };
    },
    setDefault: (arn, signal) =>
      retry(
        async () => {
          const version = await distributions.get(id, { signal });
          await distributions.update(version, withCertificate(version.distribution.DistributionConfig, arn), {
            signal,
          });
        },
        {
          policy: contended,
          signal,
          isRetryable: (error) =>
            error.retryable ||
            (isAppError(error, "aws_request") && String(error.facts.error).startsWith("PreconditionFailed")),
        },
      ),
    ...noSniList,
  };
}

/** The protocol and the way of telling names stay; the other ways of naming a certificate go (CloudFront API, ViewerCertificate). */
function withCertificate(config: DistributionConfig | undefined, arn: string): DistributionConfig {
  if (config === undefined) throw new AppError("aws_request", "CloudFront answered without a configuration");
  const { MinimumProtocolVersion, SSLSupportMethod } = config.ViewerCertificate ?? {};
  return {
    ...config,
    ViewerCertificate: {
      ACMCertificateArn: arn,
      SSLSupportMethod: SSLSupportMethod ?? "sni-only",
      MinimumProtocolVersion: MinimumProtocolVersion ?? "TLSv1.2_2021",
    },
  };
}
