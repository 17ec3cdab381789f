import { AppError } from "../../platform/errors";
import type { GateTrap, RequestGate, SandboxRequest, SetTrap } from "../request-gate";

export interface TrapReport extends GateTrap {
  readonly id: string;
  /** The request that went into it, once there is one. */
  readonly caught?: SandboxRequest;
}

/** Traps of the request gate under names, for clients that cannot hold an object. */
export class TrapBoard {
  private readonly traps = new Map<string, { report: TrapReport; readonly trap: SetTrap }>();
  private made = 0;

  constructor(private readonly gate: RequestGate) {}

  set(wanted: GateTrap): TrapReport {
    const report: TrapReport = { id: String(++this.made), ...wanted };
    const entry = { report, trap: this.gate.set(wanted) };
    this.traps.set(report.id, entry);
    void entry.trap.caught.then((caught) => (entry.report = { ...report, caught }));
    return report;
  }

  list(): readonly TrapReport[] {
    return [...this.traps.values()].map(({ report }) => report);
  }

  /** Lets a held request go on and forgets the trap. Error: `invalid_argument`. */
  release(id: string): void {
    const entry = this.traps.get(id);
    if (entry === undefined) throw new AppError("invalid_argument", `there is no trap ${id}`);
    entry.trap.release();
    this.traps.delete(id);
  }
}
