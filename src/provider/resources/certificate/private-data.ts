/** What `unexpired_certificate` keeps beside its state: public facts that no user needs to see, and no secret. */
import { z } from "zod";
import type { PrivateData } from "../../rpc/resource";

const shape = z.object({
  /** Made at random by create and kept as a tag: delete touches nothing that carries another one. */
  generation: z.string(),
  /** With `notAfter` and the key algorithm: while these are as ACM lists them, the certificate is the one we know. */
  importedAt: z.string().optional(),
  notAfter: z.string(),
  /** Of the authority key identifier and the serial (RFC 9773 4.1); absent where the certificate has no such identifier. */
  certId: z.string().optional(),
  ari: z.object({ start: z.string(), end: z.string(), askAgainAt: z.string() }).optional(),
  /** As decided at the last apply; plans without a refresh go by it. */
  renewAt: z.string(),
  /** As decided at the last refresh. Plan follows it, so that plan and apply agree; apply drops it. */
  verdict: z.object({ due: z.boolean(), reason: z.string().optional(), renewAt: z.string() }).optional(),
});

export type CertificatePrivate = z.infer<typeof shape>;

export const certificatePrivateData: PrivateData<CertificatePrivate> = {
  version: 1,
  parse: (json) => shape.parse(json),
};
