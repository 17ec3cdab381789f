import type { AcmeCaContext } from "../acme-ca-context";
import type { RenewalWindow, StoredCertificate } from "../store/objects";
import type { AcmeAnswer, AcmeRequest } from "./acme-message";
import { certificateNamed } from "./check-replaces";

/** When to renew a certificate (RFC 9773 4). Asked without authentication. */
export function renewalInfo(context: AcmeCaContext, request: AcmeRequest): AcmeAnswer {
  context.limiter.admit("renewalInfoRequests", request.address);
  const certificate = certificateNamed(context, request.parameters[0]);
  const { start, end, explanationUrl } = renewalWindowOf(certificate);
  return {
    status: 200,
    headers: { "retry-after": String(retryAfterSeconds(certificate, context.settings.renewalInfoRetryAfterSeconds)) },
    body: {
      suggestedWindow: { start: start.toISOString(), end: end.toISOString() },
      ...(explanationUrl === undefined ? {} : { explanationURL: explanationUrl }),
    },
  };
}

/**
 * In the past for a revoked certificate (RFC 9773 4.2), else what a test has set, else around two thirds of the
 * lifetime, 1 % of it to either side.
 */
export function renewalWindowOf({ notBefore, notAfter, revocation, renewalWindow }: StoredCertificate): RenewalWindow {
  if (revocation) return { start: notBefore, end: new Date(Math.min(revocation.at.getTime(), notAfter.getTime())) };
  if (renewalWindow) return renewalWindow;
  const lifetime = lifetimeMs({ notBefore, notAfter });
  const ideal = notBefore.getTime() + (lifetime * 2) / 3;
  return { start: new Date(ideal - lifetime / 100), end: new Date(ideal + lifetime / 100) };
}

/** A life of seconds needs answers more often than every six hours: never less than ten times in a life. */
function retryAfterSeconds(certificate: StoredCertificate, longest: number): number {
  return Math.min(longest, Math.ceil(lifetimeMs(certificate) / 10_000));
}

function lifetimeMs({ notBefore, notAfter }: Pick<StoredCertificate, "notBefore" | "notAfter">): number {
  return notAfter.getTime() - notBefore.getTime() + 1000;
}
