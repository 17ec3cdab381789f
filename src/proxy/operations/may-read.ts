import type { RecordSetPath } from "../http/route";
import { decide } from "../policy/decide";
import type { Policy } from "../policy/policy";

/** Whether the client may see the record set, with the values of others in it. */
export function mayRead(policy: Policy, client: string, { zone, name, type }: RecordSetPath): boolean {
  return decide(policy, { kind: "actions", client, zone, name, type, actions: ["read"] }).verdict === "allow";
}
