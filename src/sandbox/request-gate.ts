/**
 * Every request that reaches a part of the sandbox passes here first. The gate keeps the history that tests assert on,
 * and can hold or break the Nth request of a kind, so that a test can kill a client in the middle of it.
 */

export type SandboxPartName = "acme" | "aws" | "dns" | "edge-dns";

export interface SandboxRequest {
  readonly part: SandboxPartName;
  /** `newOrder`, `ImportCertificate`, `PUT recordset` …: the part's own name of what was asked. */
  readonly operation: string;
  /** What it was asked about: a record set, an ARN, a name. Never a secret. */
  readonly subject?: string;
}

/**
 * What becomes of a request that is caught. `hold`: it waits. `break-before`: drop the connection, nothing happened.
 * `break-after`: do the work, then drop the connection, so that the client cannot know. `throttle`: refused in the part's
 * own way for being one too many, nothing happened. `fail-before`: answered with a server error, nothing happened.
 * `fail-after`: the same although the work is done. Name servers, which answer nothing of that kind, stay silent.
 */
export const trapActions = ["hold", "break-before", "break-after", "throttle", "fail-before", "fail-after"] as const;

export type TrapAction = (typeof trapActions)[number];

export type GateVerdict = "serve" | Exclude<TrapAction, "hold">;

export interface GateTrap {
  readonly part: SandboxPartName;
  /** @default every operation of the part */
  readonly operation?: string;
  /** 1 is the next matching request. */
  readonly nth: number;
  /** How many are caught from there on; Infinity: all until it is released. @default 1 */
  readonly times?: number;
  readonly action: TrapAction;
}

export interface SetTrap {
  /** Resolves when the first request is there. */
  readonly caught: Promise<SandboxRequest>;
  /** Lets a held request go on, or takes back a trap that has caught nothing. */
  release(): void;
}

interface ArmedTrap extends GateTrap {
  seen: number;
  readonly spring: (request: SandboxRequest) => void;
  readonly released: Promise<void>;
}

export class RequestGate {
  readonly history: SandboxRequest[] = [];
  private traps: ArmedTrap[] = [];

  /** Called by the parts for each request, before they do anything. */
  async enter(request: SandboxRequest): Promise<GateVerdict> {
    this.history.push(request);
    for (const trap of this.traps.filter((each) => matches(each, request))) {
      trap.seen++;
      if (trap.seen < trap.nth) continue;
      if (trap.seen + 1 >= trap.nth + (trap.times ?? 1)) this.traps = this.traps.filter((other) => other !== trap);
      trap.spring(request);
      if (trap.action !== "hold") return trap.action;
      await trap.released;
    }
    return "serve";
  }

  set(trap: GateTrap): SetTrap {
    let spring: (request: SandboxRequest) => void = () => undefined;
    let free: () => void = () => undefined;
    const caught = new Promise<SandboxRequest>((resolve) => (spring = resolve));
    const released = new Promise<void>((resolve) => (free = resolve));
    const armed: ArmedTrap = { ...trap, seen: 0, spring, released };
    this.traps.push(armed);
    const release = () => {
      this.traps = this.traps.filter((other) => other !== armed);
      free();
    };
    return { caught, release };
  }
}

function matches(trap: GateTrap, request: SandboxRequest): boolean {
  return trap.part === request.part && (trap.operation === undefined || trap.operation === request.operation);
}
