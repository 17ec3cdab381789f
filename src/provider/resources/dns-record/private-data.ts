import * as z from "zod/mini";
import type { PrivateData } from "../../rpc/resource";

const shape = z.object({
  /** Values that were in the set before us, as presentation text: they are never removed. */
  foreign: z.array(z.string()),
});

export type DnsRecordPrivate = z.infer<typeof shape>;

export const dnsRecordPrivateData: PrivateData<DnsRecordPrivate> = {
  version: 1,
  parse: (json) => shape.parse(json),
};
