/**
 * Challenge values in Amazon Route 53. Each try reads the set and sends one batch that deletes exactly what was read and
 * creates what is wanted. Route 53 refuses it as a whole if the set has changed since, so that nothing that somebody
 * else wrote meanwhile is lost; then it is read again.
 */
import type { HostedZones, RecordSetChange } from "../aws/hosted-zones";
import { route53Text } from "../aws/route53-text";
import { SharedAnswer } from "../aws/shared-answer";
import type { RecordSet } from "../dns/record-set";
import type { Sleep } from "../platform/clock";
import { AppError, isAppError } from "../platform/errors";
import { KeyedQueue } from "../platform/keyed-queue";
import { retry, type RetryPolicy } from "../platform/retry";
import type { ChallengeRecords } from "./challenge-records";
import type { Route53Zone } from "./challenge-zone";

export interface Route53ChallengeRecordsOptions {
  readonly zones: Pick<HostedZones, "get" | "recordSet" | "change" | "waitForInsync">;
  /** TTL of a set that there was not before. @default 60 */
  readonly ttlSeconds?: number;
  readonly sleep?: Sleep;
  readonly random?: () => number;
}

/** For lost races and for batches of others under way, which take Route 53 a few seconds; throttles wait below this. */
const retryPolicy: RetryPolicy = { attempts: 12, firstDelayMs: 250, maxDelayMs: 10_000 };

/** ChangeResourceRecordSets, "Errors": the set is not as it was read; another batch of the zone is under way. */
const isWorthAnotherTry = (error: AppError) =>
  error.facts.error === "InvalidChangeBatch" || error.facts.error === "PriorRequestNotComplete";

export class Route53ChallengeRecords implements ChallengeRecords<Route53Zone> {
  /** A zone takes one batch at a time. */
  private readonly queue = new KeyedQueue();
  private readonly known = new Map<string, SharedAnswer<Awaited<ReturnType<HostedZones["get"]>>>>();

  constructor(private readonly options: Route53ChallengeRecordsOptions) {}

  /** Route 53 tells no more than what zone it is. Errors: `dns_zone_not_found`, `invalid_argument`, `aws_denied`. */
  async checkAllowed({ name, id }: Route53Zone, _: string, signal?: AbortSignal): Promise<void> {
    const answer = this.known.get(id) ?? new SharedAnswer(() => this.options.zones.get(id));
    this.known.set(id, answer);
    const found = await answer.get(signal).catch((error: unknown) => {
      throw isAppError(error, "aws_not_found") ? noSuchZone(name, id, error) : error;
    });
    if (found.name !== name)
      throw new AppError("dns_zone_not_found", `hosted zone ${id} is ${found.name}, not ${name}`, {
        hint: "give the ID of the zone named, or the name of the zone with that ID",
        facts: { zone: name, id, found: found.name },
      });
    if (found.isPrivate)
      throw new AppError(
        "invalid_argument",
        `hosted zone ${id} of ${name} is private, so that no CA sees its records`,
        {
          hint: "give the ID of the public zone of that name",
          facts: { zone: name, id },
        },
      );
  }

  /** Returns once all name servers of Route 53 have the values. */
  async add(zone: Route53Zone, name: string, values: readonly string[], signal?: AbortSignal): Promise<void> {
    const ttlSeconds = this.options.ttlSeconds ?? 60;
    const texts = [...new Set(values.map(route53Text))];
    const changeId = await this.edit(
      { zone, name, signal },
      ({ rdata, ...set } = { name, type: "TXT", ttlSeconds, rdata: [] }) => ({
        ...set,
        rdata: [...rdata, ...texts.filter((text) => !rdata.includes(text))],
      }),
    );
    if (changeId !== undefined) await this.options.zones.waitForInsync(changeId, { signal });
  }

  /** Returns once Route 53 has taken the change: nobody waits for name servers to forget. */
  async remove(zone: Route53Zone, name: string, values: readonly string[], signal?: AbortSignal): Promise<void> {
    const texts = new Set(values.map(route53Text));
    await this.edit(
      { zone, name, signal },
      (set) => set && { ...set, rdata: set.rdata.filter((text) => !texts.has(text)) },
    );
  }

  /** Gives the change, if one was needed. */
  private edit(
    { zone, name, signal }: { readonly zone: Route53Zone; readonly name: string; readonly signal?: AbortSignal },
    plan: (current: RecordSet | undefined) => RecordSet | undefined,
  ): Promise<string | undefined> {
    const { zones, sleep, random } = this.options;
    const attempt = async () => {
      const current = await zones.recordSet(zone.id, { name, type: "TXT" }, { signal });
      const changes = changesBetween(current, plan(current));
      return changes.length === 0 ? undefined : zones.change(zone.id, changes, { signal });
    };
    return this.queue.run(zone.id, () =>
      retry(attempt, { policy: retryPolicy, isRetryable: isWorthAnotherTry, signal, sleep, random }),
    );
  }
}

/** Values only come or go, so that as many as before are the same as before. */
function changesBetween(current: RecordSet | undefined, wanted: RecordSet | undefined): RecordSetChange[] {
  if (current?.rdata.length === wanted?.rdata.length) return [];
  const present = (set: RecordSet | undefined): set is RecordSet => set !== undefined && set.rdata.length > 0;
  return [
    ...[current].filter(present).map((set) => ({ action: "DELETE" as const, set })),
    ...[wanted].filter(present).map((set) => ({ action: "CREATE" as const, set })),
  ];
}

function noSuchZone(zone: string, id: string, cause: AppError): AppError {
  return new AppError("dns_zone_not_found", `there is no hosted zone ${id} in this AWS account`, {
    hint: `give the ID of ${zone}, or credentials of the account that holds it`,
    facts: { zone, id },
    cause,
  });
}
