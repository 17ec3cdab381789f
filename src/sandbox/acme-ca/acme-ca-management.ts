/** What a test can see and move from behind the CA's counter. */
import { AppError } from "../../platform/errors";
import type { AcmeCaContext } from "./acme-ca-context";
import type { AcmeCaFaults } from "./faults";
import type { IssuingMistake } from "./issuing/issuing-mistakes";
import { orderStatus, type OrderStatus } from "./store/object-status";
import type { Order, RenewalWindow, Revocation, StoredCertificate } from "./store/objects";
import { renewalWindowOf } from "./web-front/renewal-info";
import { revoke } from "./web-front/revoke-certificate";

export interface IssuedCertificate {
  /** Hex, two digits per octet of the DER INTEGER, a leading zero octet included. */
  readonly serial: string;
  /** RFC 9773 4.1. */
  readonly certId: string;
  readonly names: readonly string[];
  readonly profile: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** certID of its predecessor, where the order named one. */
  readonly replaces?: string;
  readonly accountId: string;
  /** PEM, leaf first, the default chain. */
  readonly chain: string;
  readonly renewalWindow: RenewalWindow;
  readonly revocation?: Revocation;
}

export interface OrderRecord {
  readonly id: string;
  readonly accountId: string;
  readonly names: readonly string[];
  readonly profile: string;
  readonly status: OrderStatus;
  readonly createdAt: Date;
  readonly replaces?: string;
  /** Of the certificate, once there is one. */
  readonly serial?: string;
}

export interface AcmeCaManagement {
  /** All certificates, oldest first. */
  certificates(): readonly IssuedCertificate[];
  /** All orders, oldest first. */
  orders(): readonly OrderRecord[];
  /** How many accounts there are, deactivated ones included. */
  accountCount(): number;
  /** Moves the renewal window of a certificate; undefined puts the default back. Error: `invalid_argument`. */
  setRenewalWindow(serial: string, window: RenewalWindow | undefined): void;
  /** Revokes as the CA does on its own account, any reason of RFC 5280 5.3.1. Error: `invalid_argument`. */
  revokeCertificate(serial: string, reason?: number): void;
  /** Changes some faults and leaves the others. */
  setFaults(faults: Partial<AcmeCaFaults>): void;
  /** Delivers what a CA must not, until it is taken back with undefined. */
  setMistake(mistake: IssuingMistake | undefined): void;
}

export function acmeCaManagement(context: AcmeCaContext): AcmeCaManagement {
  const { store, settings } = context;
  const stored = (serial: string): StoredCertificate => {
    const certificate = store.certificates.get(serial.toLowerCase());
    if (certificate) return certificate;
    throw new AppError("invalid_argument", `the sandbox CA has issued no certificate with serial ${serial}`, {
      hint: "give the serial in hex, a leading zero octet included",
    });
  };
  return {
    certificates: () => [...store.certificates.values()].map(issuedCertificate),
    orders: () => [...store.orders.values()].map((order) => orderRecord(order, settings.clock.now())),
    accountCount: () => store.accounts.size,
    setRenewalWindow: (serial, window) => {
      stored(serial).renewalWindow = window;
    },
    revokeCertificate: (serial, reason = 0) => {
      const certificate = stored(serial);
      if (!certificate.revocation) revoke(context, certificate, reason);
    },
    setFaults: (faults) => {
      context.faults = { ...context.faults, ...faults };
    },
    setMistake: (mistake) => {
      context.mistake = mistake;
    },
  };
}

function orderRecord(order: Order, now: Date): OrderRecord {
  const { id, accountId, names, profile, createdAt, replaces, certificate } = order;
  const status = orderStatus(order, now);
  return { id, accountId, names, profile, status, createdAt, replaces, serial: certificate?.serial };
}

function issuedCertificate(certificate: StoredCertificate): IssuedCertificate {
  const { der: _, publicKey: __, keyFingerprint: ___, chains, ...facts } = certificate;
  return { ...facts, chain: chains[0] ?? "", renewalWindow: renewalWindowOf(certificate) };
}
