import { defineResource } from "../../rpc/resource";
import type { ProviderSettings } from "../settings";
import type { DnsRecordPrivate } from "./private-data";
import { dnsRecordSchema, validateDnsRecord } from "./schema";

export const dnsRecordResource = defineResource<typeof dnsRecordSchema, ProviderSettings, DnsRecordPrivate>({
  typeName: "unexpired_dns_record",
  schema: dnsRecordSchema,
  validate: validateDnsRecord,
  load: async () => (await import("../operations.js")).dnsRecordOperations,
});
