/** A zone in which challenge values may be written, by the service that keeps its records. Names are canonical. */
export type ChallengeZone = EdgeDnsZone | Route53Zone;

export interface EdgeDnsZone {
  readonly type: "edge_dns";
  readonly name: string;
}

export interface Route53Zone {
  readonly type: "route53";
  readonly name: string;
  /** Of the hosted zone, `Z…`: names are not unique in Route 53. */
  readonly id: string;
}
