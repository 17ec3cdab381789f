import type { PlanFacts } from "./terraform";

/** What the demonstration found out; `npm run demo -- --json FILE` writes it. */
export interface DemoFacts {
  readonly certificateArn: string;
  /** Of app.example.gov, as the listener served them, in their order. */
  readonly serials: readonly string[];
  /** Whether the ARN was the same before and after the renewal. */
  readonly arnKept: boolean;
  /** Whether the plan for the renewal knew the ARN. */
  readonly arnKnownWhenDue: boolean;
  /** Certificates from the leaf up to the root, in a handshake verified against the CA's root. */
  readonly chainLength: number;
  readonly handshakes: number;
  readonly failedHandshakes: number;
  readonly planAfterApply: PlanFacts;
  readonly planWhenDue: PlanFacts;
  readonly planAfterRenewal: PlanFacts;
  readonly driftCheck: DriftCheckFacts;
  /** Writes of challenge values that the proxy let through. */
  readonly challengeWritesThroughProxy: number;
  /** Questions for challenge values that name servers answered. */
  readonly challengeLookups: number;
  readonly challengeValuesLeft: number;
  readonly foreignRecordsUnchanged: boolean;
  readonly outOfGrantRefused: boolean;
  /** What the proxy said to it. */
  readonly outOfGrantReason: string;
  readonly privateKeyHits: number;
  /** Files searched for private keys. */
  readonly filesScanned: number;
  readonly plantedKeyFound: boolean;
  readonly seconds: number;
}

/** What two runs of `drift-check run --apply` came to: the next renewal, then a change that is none in the same stack. */
export interface DriftCheckFacts {
  readonly appliedExitCode: number;
  readonly stoppedExitCode: number;
  readonly applied: DriftCheckRunFacts;
  readonly stopped: DriftCheckRunFacts;
  /** Whether a client gets the serial that the first run brought, and the second one left it so. */
  readonly serialKept: boolean;
}

export interface DriftCheckRunFacts {
  readonly exitCode: number;
  readonly outcome: string;
  /** Of its plan: address and actions. */
  readonly changes: readonly string[];
  /** `rule: subject: value`. */
  readonly findings: readonly string[];
  /** In which it saw a renewed certificate served. */
  readonly handshakes: number;
  readonly failure?: string;
}

/** What must hold, as rows of the closing table. */
export function judge(facts: DemoFacts): (readonly [what: string, value: string, ok: boolean])[] {
  const plan = ({ exitCode, actions }: PlanFacts) => {
    const changes = Object.entries(actions).map(([address, each]) => `${address} ${each.join(" and ")}`);
    return `exit code ${exitCode}, ${changes.length === 0 ? "no changes" : changes.join(", ")}`;
  };
  const run = ({ exitCode, outcome, changes, findings, failure }: DriftCheckRunFacts) =>
    `exit code ${exitCode}, ${outcome}: ${failure ?? (findings.length > 0 ? findings : changes).join(", ")}`;
  const isRenewal =
    facts.planWhenDue.exitCode === 2 &&
    Object.values(facts.planWhenDue.actions).every((actions) => actions.join() === "update");
  const distinct = new Set(facts.serials).size;
  return [
    ["certificate", facts.certificateArn, facts.certificateArn.startsWith("arn:aws:acm:")],
    ["served, chain verified", `${facts.chainLength} certificates up to the root`, facts.chainLength >= 3],
    ["plan after apply", plan(facts.planAfterApply), facts.planAfterApply.exitCode === 0],
    ["plan when due", plan(facts.planWhenDue), isRenewal],
    ["ARN known in that plan", String(facts.arnKnownWhenDue), facts.arnKnownWhenDue],
    ["serials under one ARN", facts.serials.join(" → "), distinct >= 2 && facts.arnKept],
    ["plan after renewal", plan(facts.planAfterRenewal), facts.planAfterRenewal.exitCode === 0],
    [
      "drift-check, renewal due",
      run(facts.driftCheck.applied),
      facts.driftCheck.appliedExitCode === 0 &&
        facts.driftCheck.applied.outcome === "applied" &&
        facts.driftCheck.applied.handshakes > 0,
    ],
    [
      "drift-check, other change",
      run(facts.driftCheck.stopped),
      facts.driftCheck.stoppedExitCode === 3 &&
        facts.driftCheck.stopped.outcome === "needs-approval" &&
        facts.driftCheck.serialKept,
    ],
    [
      "handshakes",
      `${facts.handshakes}, failed ${facts.failedHandshakes}`,
      facts.handshakes >= 100 && facts.failedHandshakes === 0,
    ],
    [
      "challenge values",
      `${facts.challengeWritesThroughProxy} writes through the proxy, ${facts.challengeLookups} look-ups, ${facts.challengeValuesLeft} left`,
      facts.challengeWritesThroughProxy > 0 && facts.challengeLookups > 0 && facts.challengeValuesLeft === 0,
    ],
    ["foreign records unchanged", String(facts.foreignRecordsUnchanged), facts.foreignRecordsUnchanged],
    ["record outside the grant", facts.outOfGrantReason, facts.outOfGrantRefused],
    [
      "private keys found",
      `${facts.privateKeyHits} in ${facts.filesScanned} files (a planted one is found: ${String(facts.plantedKeyFound)})`,
      facts.privateKeyHits === 0 && facts.plantedKeyFound,
    ],
  ];
}
