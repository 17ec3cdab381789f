/** What `unexpired_certificate` keeps beside its state: public facts that no user needs to see, and no secret. */
import * as z from "zod/mini";
import type { PrivateData } from "../../rpc/resource";

const shape = z.object({
  /** Made at random by create and kept as a tag: delete touches nothing that carries another one. */
  generation: z.string(),
  /** With `notAfter` and the key algorithm: while these are as ACM lists them, the certificate is the one we know. */
  importedAt: z.optional(z.string()),
  notAfter: z.string(),
  /** Of the authority key identifier and the serial (RFC 9773 4.1); absent where the certificate has no such identifier. */
  certId: z.optional(z.string()),
  /** The CA's window as last told, and before when it is not to be asked again. */
  ari: z.optional(z.object({ start: z.string(), end: z.string(), askAgainAt: z.string() })),
  /** When the last refresh was: plan decides by that moment, so that plan and apply agree; apply drops it. */
  refreshedAt: z.optional(z.string()),
  /** The issuer whose certificate ACM refused to take under this ARN. */
  refused: z.optional(z.object({ directoryUrl: z.string(), profile: z.optional(z.string()) })),
});

export type CertificatePrivate = z.infer<typeof shape>;

export const certificatePrivateData: PrivateData<CertificatePrivate> = {
  version: 1,
  parse: (json) => shape.parse(json),
};
