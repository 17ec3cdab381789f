import type { ChallengeRecords } from "./challenge-records";
import type { ChallengeZone, EdgeDnsZone, Route53Zone } from "./challenge-zone";

/** Each made when a zone first asks for it: whoever has no zone there needs no credentials for it. */
export interface ChallengeRecordsByZoneOptions {
  readonly edgeDns: () => ChallengeRecords<EdgeDnsZone>;
  readonly route53: () => ChallengeRecords<Route53Zone>;
}

/** Challenge values where each zone is kept: one certificate may have names in zones of several services. */
export class ChallengeRecordsByZone implements ChallengeRecords {
  constructor(private readonly options: ChallengeRecordsByZoneOptions) {}

  async checkAllowed(zone: ChallengeZone, name: string, signal?: AbortSignal): Promise<void> {
    if (zone.type === "route53") return this.options.route53().checkAllowed(zone, name, signal);
    return this.options.edgeDns().checkAllowed(zone, name, signal);
  }

  async add(zone: ChallengeZone, name: string, values: readonly string[], signal?: AbortSignal): Promise<void> {
    if (zone.type === "route53") return this.options.route53().add(zone, name, values, signal);
    return this.options.edgeDns().add(zone, name, values, signal);
  }

  async remove(zone: ChallengeZone, name: string, values: readonly string[], signal?: AbortSignal): Promise<void> {
    if (zone.type === "route53") return this.options.route53().remove(zone, name, values, signal);
    return this.options.edgeDns().remove(zone, name, values, signal);
  }
}
