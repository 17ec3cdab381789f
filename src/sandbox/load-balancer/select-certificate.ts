import { chooseByServerName } from "../../certificates/choose-by-server-name";
import type { ServedCertificate, ServedListener } from "./served-listener";

/**
 * The certificate that a load balancer shows to a client. An old default that stayed in the list goes on being served:
 * `chooseByServerName` says why.
 */
export function selectCertificate(
  { defaultCertificate, sniCertificates }: ServedListener,
  serverName: string | undefined,
  now: Date,
): ServedCertificate {
  if (serverName === undefined) return defaultCertificate;
  const list = sniCertificates.map((certificate) => ({ ...certificate.info, certificate }));
  return chooseByServerName(list, serverName, now)?.certificate ?? defaultCertificate;
}
