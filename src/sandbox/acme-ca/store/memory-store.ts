import { randomUUID } from "node:crypto";
import { authorizationStatus, orderStatus } from "./object-status";
import type { Account, Authorization, Order, StoredCertificate } from "./objects";

/** Everything the CA knows. Gone when it stops, on purpose. */
export class MemoryStore {
  readonly accounts = new Map<string, Account>();
  readonly orders = new Map<string, Order>();
  readonly authorizations = new Map<string, Authorization>();
  readonly certificates = new Map<string, StoredCertificate>();
  /** SHA-256 of SubjectPublicKeyInfo: keys that may never be used again. */
  readonly compromisedKeys = new Set<string>();
  private readonly accountsByKey = new Map<string, Account>();
  private readonly certificatesById = new Map<string, StoredCertificate>();
  private readonly ordersByAccount = new Map<string, Order[]>();
  private readonly ordersByReplaced = new Map<string, Order[]>();
  private readonly authorizationsByName = new Map<string, Authorization[]>();
  private readonly issuedNameSets = new Set<string>();

  addAccount(account: Account): void {
    this.accounts.set(account.id, account);
    this.accountsByKey.set(account.key.thumbprint, account);
  }

  accountWithKey(thumbprint: string): Account | undefined {
    return this.accountsByKey.get(thumbprint);
  }

  changeKey(account: Account, key: Account["key"]): void {
    this.accountsByKey.delete(account.key.thumbprint);
    account.key = key;
    this.accountsByKey.set(key.thumbprint, account);
  }

  addOrder(order: Order): void {
    this.orders.set(order.id, order);
    append(this.ordersByAccount, order.accountId, order);
    if (order.replaces !== undefined) append(this.ordersByReplaced, order.replaces, order);
    for (const authorization of order.authorizations) {
      if (this.authorizations.has(authorization.id)) continue;
      this.authorizations.set(authorization.id, authorization);
      append(this.authorizationsByName, authorizationKey(authorization), authorization);
    }
  }

  ordersOf(accountId: string): readonly Order[] {
    return this.ordersByAccount.get(accountId) ?? [];
  }

  /** The order that has replaced a certificate or is about to: any but an invalid one (RFC 9773 5). */
  replacementOf(certId: string, now: Date): Order | undefined {
    return this.ordersByReplaced.get(certId)?.find((order) => orderStatus(order, now) !== "invalid");
  }

  validAuthorization(
    sought: Pick<Authorization, "accountId" | "name" | "wildcard">,
    now: Date,
  ): Authorization | undefined {
    return this.authorizationsByName
      .get(authorizationKey(sought))
      ?.findLast((each) => authorizationStatus(each, now) === "valid");
  }

  addCertificate(certificate: StoredCertificate): void {
    this.certificates.set(certificate.serial, certificate);
    this.certificatesById.set(certificate.certId, certificate);
    this.issuedNameSets.add(nameSetKey(certificate.names));
  }

  certificateWithId(certId: string): StoredCertificate | undefined {
    return this.certificatesById.get(certId);
  }

  /** Whether a certificate with exactly these names was issued before, to whomever. */
  hasIssued(names: readonly string[]): boolean {
    return this.issuedNameSets.has(nameSetKey(names));
  }
}

export function nameSetKey(names: readonly string[]): string {
  return [...names].sort().join(",");
}

/** An identifier for a URL that says nothing. */
export function newId(): string {
  return randomUUID();
}

function authorizationKey({ accountId, name, wildcard }: Pick<Authorization, "accountId" | "name" | "wildcard">) {
  return `${accountId} ${wildcard ? "*." : ""}${name}`;
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
