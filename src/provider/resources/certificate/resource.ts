import { defineResource } from "../../rpc/resource";
import type { ProviderSettings } from "../settings";
import type { CertificatePrivate } from "./private-data";
import { certificateSchema, validateCertificate } from "./schema";

export const certificateResource = defineResource<typeof certificateSchema, ProviderSettings, CertificatePrivate>({
  typeName: "unexpired_certificate",
  schema: certificateSchema,
  validate: validateCertificate,
  load: async () => (await import("../operations.js")).certificateOperations,
});
