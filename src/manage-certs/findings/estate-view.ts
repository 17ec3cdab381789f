/** A scanned estate as rules ask for it. */
import { chooseByServerName, type ChoiceFacts } from "../../certificates/choose-by-server-name";
import type { EnforcedPolicy } from "../../policy/told-finding";
import type { Attachment, Estate, ScannedCertificate, ServingPoint, Team } from "../scan/estate";

/** A certificate that has been issued. */
export type Dated = ScannedCertificate & Required<Pick<ScannedCertificate, "notBefore" | "notAfter">>;

export interface Held {
  readonly point: ServingPoint;
  /** Undefined where the scan did not see the certificate. */
  readonly fallback?: Dated;
  readonly sni: readonly Dated[];
}

export class EstateView {
  readonly held: readonly Held[];
  private readonly byArn: ReadonlyMap<string, ScannedCertificate>;
  private readonly attachmentsByArn: ReadonlyMap<string, readonly Attachment[]>;

  /** @param policy to which the estate is held; undefined: there is none */
  constructor(
    readonly estate: Estate,
    readonly policy?: EnforcedPolicy,
  ) {
    this.byArn = new Map(estate.certificates.map((certificate) => [certificate.arn, certificate]));
    this.attachmentsByArn = groupBy(estate.attachments, ({ certificateArn }) => certificateArn);
    const byPoint = groupBy(estate.attachments, ({ point }) => point.id);
    this.held = estate.servingPoints.map((point) => this.holdingOf(point, byPoint.get(point.id) ?? []));
  }

  get now(): Date {
    return this.estate.scannedAt;
  }

  get certificates(): readonly ScannedCertificate[] {
    return this.estate.certificates;
  }

  attachmentsOf({ arn }: ScannedCertificate): readonly Attachment[] {
    return this.attachmentsByArn.get(arn) ?? [];
  }

  /** Whether anything serves it: by our own look at listeners, or by ACM's word about services that we do not list. */
  isUsed(certificate: ScannedCertificate): boolean {
    return certificate.inUseBy.length > 0 || this.attachmentsOf(certificate).length > 0;
  }

  /** Of a certificate by its ARN, or of what a serving point shows by default, by its `id`. */
  teamOf(subject: string): Team | undefined {
    const certificate = this.byArn.get(subject) ?? this.held.find(({ point }) => point.id === subject)?.fallback;
    return certificate?.team;
  }

  isOver({ notAfter }: ScannedCertificate): boolean {
    return notAfter !== undefined && notAfter <= this.now;
  }

  /** What a client gets that takes every kind of key. Undefined where the scan does not know the certificate. */
  expected({ fallback, sni }: Held, serverName: string | undefined): Dated | undefined {
    return (serverName === undefined ? undefined : chooseByServerName(sni, serverName, this.now)) ?? fallback;
  }

  private holdingOf(point: ServingPoint, attachments: readonly Attachment[]): Held {
    const dated = (role: Attachment["role"]) =>
      attachments.flatMap((each) => {
        const certificate = each.role === role ? this.byArn.get(each.certificateArn) : undefined;
        return certificate && isDated(certificate) ? [certificate] : [];
      });
    return { point, fallback: dated("default")[0], sni: dated("sni") };
  }
}

export function isDated(certificate: ScannedCertificate): certificate is Dated {
  return certificate.notBefore !== undefined && certificate.notAfter !== undefined;
}

/** RSA certificates compete among themselves for the clients that take no ECDSA. */
export function competitors<T extends ChoiceFacts>(list: readonly T[], { keyAlgorithm }: ChoiceFacts): readonly T[] {
  return keyAlgorithm?.startsWith("EC_") ? list : list.filter((each) => !each.keyAlgorithm?.startsWith("EC_"));
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
