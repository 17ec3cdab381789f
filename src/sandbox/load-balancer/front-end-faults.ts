import type { ServedCertificate, ServedListener } from "./served-listener";

/** What is wrong with one front end; each is a switch of its own. Which addresses there are is part of AWS's faults. */
export interface FrontEndFaults {
  /** Shown to everybody in place of what the listener has. @default what the listener has */
  readonly otherCertificate?: ServedCertificate;
  /** Whether leaves are sent without what leads to their root. @default false */
  readonly withoutIntermediates?: boolean;
  /** An entry of the SNI list that everybody is shown who sends one of its names. @default none */
  readonly shadowingCertificate?: ServedCertificate;
  /** Addresses, by their place, that go on with what they serve now, whatever changes. @default none */
  readonly laggingAddresses?: readonly number[];
  /** Addresses, by their place, that take no connections. @default none */
  readonly closedAddresses?: readonly number[];
}

/** What a front end with these faults serves in place of what it should. */
export function disturbed(served: ServedListener, faults: FrontEndFaults): ServedListener {
  const { otherCertificate, withoutIntermediates = false, shadowingCertificate } = faults;
  const shadowed = shadowingCertificate ? shadow(served, shadowingCertificate) : served;
  const replaced = otherCertificate
    ? { ...shadowed, defaultCertificate: otherCertificate, sniCertificates: [] }
    : shadowed;
  if (!withoutIntermediates) return replaced;
  const { defaultCertificate, sniCertificates } = replaced;
  const bare = (certificate: ServedCertificate): ServedCertificate => ({ ...certificate, chainPem: "" });
  return { ...replaced, defaultCertificate: bare(defaultCertificate), sniCertificates: sniCertificates.map(bare) };
}

/** No other entry of the list stands for a name that this one holds. */
function shadow(served: ServedListener, certificate: ServedCertificate): ServedListener {
  const others = served.sniCertificates.filter(
    ({ info }) => !info.names.some((name) => certificate.info.names.includes(name)),
  );
  return { ...served, sniCertificates: [certificate, ...others] };
}
