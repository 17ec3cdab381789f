/** What can be wrong on the wire after a change, by name, as faults of the sandbox's front ends. */
import { parseCertificate } from "../../src/certificates/parse-certificate";
import type { FrontEndFaults } from "../../src/sandbox/load-balancer/front-end-faults";
import type { ServedCertificate } from "../../src/sandbox/load-balancer/served-listener";
import type { TestCa, TestLeafOptions } from "./test-certificates";

export const frontEndFaultNames = [
  "wrong key",
  "missing intermediate",
  "expired",
  "wrong names",
  "shadowed SNI",
  "lagging address",
  "refused connections",
] as const;

export type FrontEndFaultName = (typeof frontEndFaultNames)[number];

/** A leaf as a front end serves it. */
export async function servedCertificate(ca: TestCa, options: TestLeafOptions = {}): Promise<ServedCertificate> {
  const { leafPem, privateKeyPem } = await ca.leaf(options);
  return { certificatePem: leafPem, chainPem: ca.intermediatePem, privateKeyPem, info: parseCertificate(leafPem) };
}

/** The fault for a listener with these names; of several addresses the last one lags, the first one refuses. */
export async function frontEndFault(
  fault: FrontEndFaultName,
  { ca, names, addresses = 1 }: { ca: TestCa; names: readonly string[]; addresses?: number },
): Promise<FrontEndFaults> {
  switch (fault) {
    case "wrong key":
      return { otherCertificate: await servedCertificate(ca, { names }) };
    case "missing intermediate":
      return { withoutIntermediates: true };
    case "expired":
      return { otherCertificate: await servedCertificate(ca, { names, notAfter: new Date("2025-06-01") }) };
    case "wrong names":
      return { otherCertificate: await servedCertificate(ca, { names: ["elsewhere.example.org"] }) };
    case "shadowed SNI":
      return { shadowingCertificate: await servedCertificate(ca, { names }) };
    case "lagging address":
      return { laggingAddresses: [addresses - 1] };
    case "refused connections":
      return { closedAddresses: [0] };
  }
}
