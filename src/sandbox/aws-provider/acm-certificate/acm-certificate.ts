/** `aws_acm_certificate`: a certificate that ACM issues, or one that is imported. */
import { defineResource } from "../../../provider/rpc/resource";
import type { StandInData } from "../stand-in-data";
import { acmCertificateOperations } from "./acm-certificate-operations";
import { acmCertificateSchema, validateAcmCertificate } from "./acm-certificate-schema";

export const acmCertificate = defineResource<typeof acmCertificateSchema, StandInData, never>({
  typeName: "aws_acm_certificate",
  schema: acmCertificateSchema,
  validate: validateAcmCertificate,
  load: () => Promise.resolve(acmCertificateOperations),
});
