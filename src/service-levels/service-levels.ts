/** The six service levels from what was folded and looked at. docs/reference/service-levels.md defines them. */
import { sum, type Counts } from "./event-series";
import type { LedgerFold } from "./fold-ledger";
import type { KeyAccessFold } from "./key-access/fold-key-accesses";
import type { QueueState } from "./key-access/queue-state";
import { sliNames, type SliName } from "./metric-families";
import { isValidAt, latestProbes, type Probe } from "./probe";
import { budgetWindow, perWindow, targets, windows, type Window } from "./targets";

export interface ServiceLevelInput {
  readonly ledger: LedgerFold;
  /** Undefined where no events of CloudTrail were given. */
  readonly keyAccess?: KeyAccessFold;
  /** How the reading of the queues stands that its events come from. @default none are read */
  readonly queues?: readonly QueueState[];
  /** In any order. */
  readonly probes: readonly Probe[];
  readonly now: Date;
}

export interface ServiceLevel {
  readonly sli: SliName;
  readonly title: string;
  /** The share that is to be good. */
  readonly target: number;
  /** Undefined where nothing was given that would tell. */
  readonly windows?: Readonly<Record<Window, WindowLevel>>;
  /** What is left of the error budget of 30 days, 1 at most; below 0 it is overspent. */
  readonly budgetRemaining?: number;
}

export interface WindowLevel extends Counts {
  /** 1 where nothing happened. */
  readonly ratio: number;
  /** Undefined where the target leaves no budget. */
  readonly burnRate?: number;
}

export function serviceLevels(input: ServiceLevelInput): readonly ServiceLevel[] {
  return sliNames.map((sli) => {
    const { title, ratio: target } = targets[sli];
    const counts = countsOf[sli](input);
    if (counts === undefined) return { sli, title, target };
    const levels = perWindow((window) => levelOf(counts[window], target));
    return { sli, title, target, windows: levels, budgetRemaining: remaining(levels[budgetWindow]) };
  });
}

type CountsPerWindow = Record<Window, Counts>;

const countsOf: Readonly<Record<SliName, (input: ServiceLevelInput) => CountsPerWindow | undefined>> = {
  valid: ({ probes, now }) => (probes.length === 0 ? undefined : perWindow((window) => validIn(window, probes, now))),
  renewal: ({ ledger, now }) => ledger.series.renewal.counts(now),
  replacement: ({ ledger, now }) => {
    const ended = ledger.series.replacement.counts(now);
    const overdue = { good: 0, bad: ledger.overdueCompromises(now) };
    return perWindow((window) => sum(ended[window], overdue));
  },
  issuance: ({ ledger, now }) => ledger.series.issuance.counts(now),
  deployment: ({ ledger, now }) => ledger.series.deployment.counts(now),
  key_access: ({ keyAccess, now }) => keyAccess?.series.counts(now),
};

/** The latest look of each source holds now, however old it is; the others count at their own time. */
function validIn(window: Window, probes: readonly Probe[], now: Date): Counts {
  const latest = latestProbes(probes);
  const begin = now.getTime() - windows[window];
  const earlier = probes.filter((probe) => !latest.includes(probe) && probe.at.getTime() > begin && probe.at <= now);
  return [...earlier.map((probe) => validAt(probe, probe.at)), ...latest.map((probe) => validAt(probe, now))].reduce(
    sum,
    { good: 0, bad: 0 },
  );
}

function validAt({ endpoints }: Probe, time: Date): Counts {
  const good = endpoints.filter((endpoint) => isValidAt(endpoint, time)).length;
  return { good, bad: endpoints.length - good };
}

function levelOf({ good, bad }: Counts, target: number): WindowLevel {
  const badRatio = bad === 0 ? 0 : bad / (good + bad);
  return { good, bad, ratio: 1 - badRatio, ...(target < 1 && { burnRate: badRatio / (1 - target) }) };
}

/** Without a budget, one event spends all there is. */
function remaining({ bad, burnRate = bad === 0 ? 0 : 1 }: WindowLevel): number {
  return 1 - burnRate;
}
