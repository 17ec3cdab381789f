import { toAppError } from "../../platform/errors";
import type { ScanFailure } from "./estate";

export interface ScanPlace {
  readonly accountId?: string;
  readonly region?: string;
  readonly service: string;
}

/** What could not be looked at. The same failure of the same service, met a thousand times, is told once. */
export class ScanFailures {
  private readonly met = new Map<string, ScanFailure>();

  add({ accountId, region, service }: ScanPlace, thrown: unknown): void {
    const { code, message, hint, facts } = toAppError(thrown);
    const key = [accountId, region, service, code, typeof facts.action === "string" ? facts.action : message].join(" ");
    if (this.met.has(key)) return;
    this.met.set(key, { accountId, region, service, error: { code, message, hint } });
  }

  /** The result of a part of the scan, or what stands for it where that part failed. Cancellation is thrown. */
  async attempt<T>(place: ScanPlace, instead: T, part: () => Promise<T>): Promise<T> {
    try {
      return await part();
    } catch (thrown) {
      if (toAppError(thrown).code === "aborted") throw thrown;
      this.add(place, thrown);
      return instead;
    }
  }

  list(): ScanFailure[] {
    return [...this.met.values()];
  }
}
