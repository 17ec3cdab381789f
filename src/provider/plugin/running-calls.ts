import type { ProviderService } from "../rpc/service";

/** Counts the calls that are being answered, so that an exit can wait for them. */
export class RunningCalls implements ProviderService {
  private readonly running = new Set<Promise<unknown>>();

  constructor(private readonly service: ProviderService) {}

  call(name: string, request: Uint8Array): Promise<Uint8Array> | undefined {
    const answer = this.service.call(name, request);
    if (answer === undefined) return undefined;
    this.running.add(answer);
    const forget = () => this.running.delete(answer);
    answer.then(forget, forget);
    return answer;
  }

  stop(): void {
    this.service.stop();
  }

  /** Resolves when no call is running any more, or after the time given. */
  async settled(withinMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([Promise.allSettled(this.running), limit]);
    clearTimeout(timer);
  }
}
