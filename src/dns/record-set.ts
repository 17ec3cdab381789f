/** DNS record sets as values. Names are lower case without a final dot; rdata is presentation text (RFC 1035 5.1). */

export interface RecordSet {
  readonly name: string;
  /** Upper case: TXT, CNAME, A … */
  readonly type: string;
  readonly ttlSeconds: number;
  /** Presentation text, TXT quoted; one entry per record. Order carries no meaning. */
  readonly rdata: readonly string[];
}

/** Lower-cases a name and drops its final dot: the form in which all our code compares names (RFC 4343). */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** Whether `name` is `zone` or below it, label-wise. Both canonical. */
export function isWithinZone(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}
