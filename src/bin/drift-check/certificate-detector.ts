import type * as Access from "../../aws/aws-access";
import type { Config } from "../../drift/config/config";
import type * as View from "../../drift/detect/acm-view";
import type { DetectCertificates, DetectOptions } from "../../drift/detect/detect-certificates";
import type * as Detect from "../../drift/detect/detect-certificates";
import { certificateTypes } from "../../drift/plan/certificate-types";
import type * as Cache from "../../issuance/renewal-info-cache";
import { systemClock } from "../../platform/clock";
import { lookOptions } from "./listener-verifier";

/** The detector of one run, for all of its stacks. */
export interface CertificateDetector {
  readonly detect: DetectCertificates;
  close(): void;
}

/** To look must not take longer than to plan. */
const patience = { requestTimeoutMs: 10_000, throttleTimeoutMs: 30_000 };

/**
 * Looks as `verify` of the configuration says. What it needs is loaded with the first stack that has certificates.
 * Errors: `missing_file`, `invalid_argument`.
 */
export async function certificateDetector(
  verify: Config["verify"],
  cacheFolder: string,
  signal: AbortSignal,
): Promise<CertificateDetector> {
  const look = await lookOptions(verify);
  const opened = new Map<string, Access.AwsAccess>();
  const access = (region: string) => {
    const { AwsAccess } = module.require("../../aws/aws-access") as typeof Access;
    const known = opened.get(region) ?? new AwsAccess({ region }, patience);
    opened.set(region, known);
    return known;
  };
  let options: DetectOptions | undefined;
  return {
    detect: async (request, stop) => {
      if (!request.plan.held.some(({ type }) => certificateTypes.has(type))) return [];
      const { detectCertificates } = module.require("../../drift/detect/detect-certificates") as typeof Detect;
      const { AcmView } = module.require("../../drift/detect/acm-view") as typeof View;
      const { RenewalInfoCache } = module.require("../../issuance/renewal-info-cache") as typeof Cache;
      options ??= {
        acm: verify.acm ? new AcmView((region) => access(region).certificates(region), signal) : undefined,
        wire: verify.handshakes ? { ...look, access } : undefined,
        renewalInfo: new RenewalInfoCache(cacheFolder),
        clock: systemClock,
        settleMs: verify.waitSeconds * 1000,
      };
      return detectCertificates(request, options, stop);
    },
    close: () => {
      for (const each of opened.values()) each.close();
    },
  };
}
