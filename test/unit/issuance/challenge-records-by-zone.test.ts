import type { ChallengeRecords } from "../../../src/issuance/challenge-records";
import { ChallengeRecordsByZone } from "../../../src/issuance/challenge-records-by-zone";

const edgeDns = { type: "edge_dns" as const, name: "example.gov" };
const route53 = { type: "route53" as const, name: "example.org", id: "Z0123456789" };

test("each zone is asked where it is kept, and only that service is made", async () => {
  const calls: unknown[][] = [];
  const recording = (service: string): ChallengeRecords => ({
    checkAllowed: async (...args) => void calls.push([service, "check", ...args]),
    add: async (...args) => void calls.push([service, "add", ...args]),
    remove: async (...args) => void calls.push([service, "remove", ...args]),
  });
  const missing = () => {
    throw new Error("no credentials");
  };
  const both = new ChallengeRecordsByZone({ edgeDns: () => recording("edge"), route53: () => recording("aws") });
  for (const zone of [edgeDns, route53]) {
    await both.checkAllowed(zone, "n");
    await both.add(zone, "n", ["v"]);
    await both.remove(zone, "n", ["v"]);
  }
  expect(calls.map(([service, what, zone]) => [service, what, zone])).toEqual([
    ["edge", "check", edgeDns],
    ["edge", "add", edgeDns],
    ["edge", "remove", edgeDns],
    ["aws", "check", route53],
    ["aws", "add", route53],
    ["aws", "remove", route53],
  ]);
  const onlyRoute53 = new ChallengeRecordsByZone({ edgeDns: missing, route53: () => recording("aws") });
  await onlyRoute53.add(route53, "n", ["v"]);
  await expect(onlyRoute53.remove(edgeDns, "n", ["v"])).rejects.toThrow("no credentials");
});
