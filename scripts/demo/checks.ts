import { setTimeout as pause } from "node:timers/promises";
import type { RecordSet } from "../../src/dns/record-set";
import { shakeHands, type Handshake, type HandshakeTarget } from "../../src/rollout/shake-hands";
import type { Sandbox } from "../../src/sandbox/start-sandbox";
import type { PlanFacts, Terraform } from "./terraform";

export function describePlan({ exitCode, actions }: PlanFacts): string {
  const changes = Object.entries(actions).map(([address, each]) => `${address} ${each.join("+")}`);
  return exitCode === 0 ? "no changes" : changes.join(", ");
}

export function frontEnd({ account }: Sandbox, listenerArn: string): { host: string; port: number } {
  const address = account.frontEnd(listenerArn);
  if (address === undefined) throw new Error(`nothing listens at ${listenerArn}`);
  return address;
}

/** Records of others in one zone, as text to compare: whole sets, but of a shared set only the foreign values. */
export function foreignText({ zones }: Sandbox, records: readonly RecordSet[]): string {
  return JSON.stringify(
    records.map(({ name, type, rdata }) => {
      const set = zones.recordSet(zones.zoneOf(name) ?? "", name, type);
      return { name, type, ttlSeconds: set?.ttlSeconds, rdata: set?.rdata.filter((value) => rdata.includes(value)) };
    }),
  );
}

/** From now until every certificate in the state is due, and a moment more. */
export async function msUntilDue(terraform: Terraform): Promise<number> {
  const moments = Object.values(await terraform.attributes())
    .map(({ renew_at }) => (typeof renew_at === "string" ? Date.parse(renew_at) : NaN))
    .filter((moment) => !Number.isNaN(moment));
  return Math.max(0, ...moments.map((moment) => moment - Date.now())) + 500;
}

/** How long all nodes of a load balancer may take to serve what ACM holds. */
const propagationMs = 10_000;

/** The first handshake that shows another serial than the one before, or the last one there was. */
export async function nextSerial(target: HandshakeTarget, before: string): Promise<Handshake> {
  for (let waited = 0; ; waited += 100) {
    const handshake = await shakeHands(target);
    if (handshake.serial !== before || waited >= propagationMs) return handshake;
    await pause(100);
  }
}
