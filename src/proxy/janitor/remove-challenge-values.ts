import { randomUUID } from "node:crypto";
import { withDeadline } from "../../platform/deadline";
import { AppError } from "../../platform/errors";
import type { RetryPolicy } from "../../platform/retry";
import { SeenRecordSets } from "../merge/seen-record-sets";
import type { Call, ProxyParts } from "../operations/call";
import { writeRecordSet } from "../operations/write-record-set";
import { acmeChallengeGrant } from "../policy/grant-presets";
import { Policy } from "../policy/policy";

/** How the audit trail and the queues call the janitor; no client's token is so short. */
export const janitorName = "janitor";

/** Clients wait behind it, so it gives up soon and comes back later. */
const patienceMs = 10_000;
const retryPolicy: RetryPolicy = { attempts: 3, firstDelayMs: 500, maxDelayMs: 5_000 };

export interface Removal {
  readonly zone: string;
  readonly name: string;
  /** Asked for when the zone's turn has come, since somebody may have asked for a value meanwhile. */
  readonly rdata: () => readonly string[];
}

/**
 * Takes values out of a TXT set, and nothing else: a deletion by a client that was shown exactly these values, so that it
 * waits, is merged, repeated, read back and put on record like every other write. Errors: as those of a write.
 */
export async function removeChallengeValues(parts: ProxyParts, { zone, name, rdata }: Removal): Promise<void> {
  const path = { client: janitorName, zone, name, type: "TXT" };
  const certificateName = name.replace(/^_acme-challenge\./, "");
  const grant = { id: janitorName, client: janitorName, zone, names: [certificateName] };
  const call: Call = {
    principal: { client: janitorName, token: janitorName },
    requestId: randomUUID(),
    remoteAddress: "",
    connection: janitorName,
    signal: withDeadline(undefined, patienceMs),
  };
  await parts.writers.run(zone, janitorName, async (signal) => {
    const values = rdata();
    if (values.length === 0) return;
    const seen = new SeenRecordSets();
    await seen.saw(path, { name, type: "TXT", ttlSeconds: 0, rdata: values }, call.connection);
    const own: ProxyParts = {
      ...parts,
      policy: new Policy([], [acmeChallengeGrant(grant)]),
      seen,
      writers: { run: (_zone, _client, operation) => operation(withDeadline(signal, patienceMs)) },
      writeRetryPolicy: retryPolicy,
    };
    const reply = await writeRecordSet(own, call, { ...path, operation: "delete-record-set", sent: undefined });
    if ("title" in reply) throw new AppError("edge_dns_problem", reply.detail, { facts: { status: reply.status } });
  });
}
