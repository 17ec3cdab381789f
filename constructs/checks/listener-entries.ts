import type { IConstruct } from "constructs";
import type { ICertificate } from "../certificate";
import { type TerraformResource, TerraformStack } from "../engine";
import { isUnknown } from "../is-unknown";
import { mistakeIn } from "../mistake";
import type { ListenerKind } from "./listener-kind";

/** The same for load balancers of both kinds; the default certificate is not counted. */
export const sniCertificatesByDefault = 25;

/** What the attachments of one stack put on one listener. */
export interface ListenerEntries {
  /** Of people's choice: path of the construct, or ARN. */
  readonly name: string;
  readonly kind?: ListenerKind;
  /** SNI entries, by the certificate. */
  readonly sni: Map<string, TerraformResource>;
  /** What takes a former default out of the SNI list. */
  rollout?: TerraformResource;
}

const byStack = new WeakMap<TerraformStack, Map<unknown, ListenerEntries>>();

export interface KnownListener {
  /** Of a listener made elsewhere. */
  readonly arn?: string;
  readonly kind?: ListenerKind;
}

/** A listener's entries; one made elsewhere is known by its ARN, or by the construct if terraform alone knows that. */
export function entriesOf(scope: IConstruct, listener: IConstruct, { arn, kind }: KnownListener): ListenerEntries {
  const known = arn !== undefined && !isUnknown(arn) ? arn : undefined;
  const all = byStack.get(TerraformStack.of(scope)) ?? new Map<unknown, ListenerEntries>();
  byStack.set(TerraformStack.of(scope), all);
  const entries = all.get(known ?? listener) ?? { name: known ?? listener.node.path, kind, sni: new Map() };
  all.set(known ?? listener, entries);
  return entries;
}

/** Where the quota of a listener's list stands. */
export function quotaPageOf({ kind }: ListenerEntries): string {
  const name = kind === "network" ? "Network" : "Application";
  return `Elastic Load Balancing user guide, Quotas, "Certificates per ${name} Load Balancer"`;
}

export function allEntriesIn(stack: TerraformStack): readonly ListenerEntries[] {
  return [...(byStack.get(stack)?.values() ?? [])];
}

/** Refuses a certificate that is on the listener already, and more than the quota admits. */
export function checkEntries(
  scope: IConstruct,
  entries: ListenerEntries,
  certificate: ICertificate,
  quota: number,
): void {
  const holder = entries.sni.get(certificateKey(certificate));
  if (holder !== undefined)
    throw mistakeIn(scope, {
      what: `the certificate is on listener ${entries.name} already, by ${holder.node.scope?.node.path ?? holder.node.path}`,
      source: "Elastic Load Balancing API reference, AddListenerCertificates: a certificate is in the list once",
      fix: "leave out one of the two attachments",
    });
  if (entries.sni.size < quota) return;
  throw mistakeIn(scope, {
    what: `listener ${entries.name} would have ${entries.sni.size + 1} certificates beside its default, ${quota} is the most`,
    source: quotaPageOf(entries),
    fix: "put several names on one certificate, or have the quota raised and set certificateQuota to it",
  });
}

export function certificateKey({ certificateArn, node }: ICertificate): string {
  return isUnknown(certificateArn) ? node.path : certificateArn;
}
