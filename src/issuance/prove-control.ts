/** Meets the challenges of an order: write, wait, answer, wait. Cleaning up is the caller's, always. */
import type { AcmeAccount } from "../acme/account";
import { answerChallenges } from "../acme/answer-challenges";
import type { AcmeAuthorization } from "../acme/authorization";
import type { AcmeOrder } from "../acme/order";
import { waitUntilReady } from "../acme/wait-until-ready";
import { AppError, isAppError } from "../platform/errors";
import type { Logger } from "../platform/log";
import type { NameServers } from "../resolver/name-servers";
import { waitForTxt } from "../resolver/wait-for-txt";
import type { ChallengeSet } from "./challenge-places";
import type { ChallengeRecords } from "./challenge-records";
import type { WaitingTime } from "./waiting-time";

export interface ProveControlOptions {
  readonly account: AcmeAccount;
  readonly order: AcmeOrder;
  readonly authorizations: readonly AcmeAuthorization[];
  readonly challenges: readonly ChallengeSet[];
  readonly records: ChallengeRecords;
  readonly nameServers: NameServers;
  readonly log: Logger;
  readonly signal?: AbortSignal;
  /** Counts the waits for name servers and for the CA. */
  readonly waiting: WaitingTime;
}

/** All sets are written and waited for side by side, and all challenges answered together. Gives the ready order. */
export async function proveControl(options: ProveControlOptions): Promise<AcmeOrder> {
  const { account, order, authorizations, challenges, signal, waiting } = options;
  await allSettledOrThrow(challenges.map((set) => publish(set, options)));
  await answerChallenges(account, authorizations, { signal });
  return waiting.during(waitUntilReady(account, order, { signal }));
}

async function publish(set: ChallengeSet, options: ProveControlOptions): Promise<void> {
  const { records, nameServers, log, signal, waiting } = options;
  const { zone, name } = set;
  let behind: readonly string[] = [];
  const values = set.challenges.map(({ value }) => value);
  await records.add(zone, name, values, signal);
  log.log("info", "challenge values are written", { zone: zone.name, name, values: values.length });
  const served = waitForTxt({
    zone: zone.name,
    name,
    values,
    nameServers,
    signal,
    onWaiting: (servers) => {
      behind = servers;
      log.log("debug", "waiting for name servers", { name, behind });
    },
  });
  await waiting.during(served).catch((error: unknown) => {
    if (isAppError(error, "timeout") && behind.length > 0) throw stillBehind(set, behind, error);
    if (!isAppError(error, "dns_not_propagated")) throw error;
    const { code, message, retryable } = error;
    throw new AppError(code, message, { hint: whatToCheck(zone), retryable, cause: error });
  });
  log.log("info", "challenge values are served by every name server", { zone: zone.name, name });
}

/** The operation's own time limit may be shorter than our patience with name servers. */
function stillBehind({ zone, name }: ChallengeSet, behind: readonly string[], cause: AppError): AppError {
  return new AppError(
    "dns_not_propagated",
    `TXT ${name} is not served by ${behind.join(", ")} of ${zone.name}, and the time allowed for this operation is over`,
    { hint: `${whatToCheck(zone)}, or allow more time`, cause },
  );
}

/** Names are not unique in Route 53, and a zone may be at Edge DNS as well: only one of them is asked by the CA. */
function whatToCheck(zone: ChallengeSet["zone"]): string {
  const general = "check that these servers are reachable from here, or set name_servers";
  if (zone.type !== "route53") return general;
  return `check that they are the name servers of hosted zone ${zone.id}, and not of another zone ${zone.name}; ${general}`;
}

/** Waits for all, so that nothing still writes while the caller cleans up; then throws the first error. */
async function allSettledOrThrow(operations: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(operations);
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}
