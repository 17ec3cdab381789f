/** A certificate as the detector told of it, all well unless a test says otherwise. */
import type { WatchedCertificate } from "../../../src/drift/detect/watched-certificate";

const end = new Date("2027-02-10T00:00:00.000Z");

export function watched(more: Partial<WatchedCertificate> = {}): WatchedCertificate {
  return {
    address: "unexpired_certificate.web",
    arn: "arn:aws:acm:us-east-1:111122223333:certificate/1",
    names: ["web.example.gov"],
    issuer: "https://ca.example/directory",
    notAfter: { state: end, acm: end, wire: end },
    renewal: { state: "not-due", renewAt: new Date("2027-01-11T00:00:00.000Z") },
    isInPlan: false,
    sightings: [
      {
        ...{ servedBy: "aws_lb_listener.https", at: "192.0.2.7:443", serverName: "web.example.gov" },
        outcome: { state: "served", serial: "00b9dd", notAfter: end, names: ["web.example.gov"] },
      },
    ],
    findings: [],
    ...more,
  };
}
