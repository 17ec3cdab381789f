/**
 * A standard queue (SQS developer guide, "Visibility timeout" and "Dead-letter queues"): a message that was received stays,
 * and comes again when its visibility timeout is over; it goes when it is deleted, or was received too often.
 */
import type { RedrivePolicy } from "./queue-attributes";

export interface StoredMessage {
  readonly id: string;
  readonly body: string;
  readonly sentAt: Date;
  /** How often it was received. */
  received: number;
  firstReceivedAt?: Date;
  /** Nobody sees it before. */
  visibleAt: number;
  /** Of its last receipt, and of those before, which are of use as long as nothing is received anew. */
  handle?: string;
}

export interface QueueOptions {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly newId: () => string;
  readonly random: () => number;
  readonly now: () => Date;
  /** Where messages go that were received too often; undefined where there is no such queue. */
  readonly deadLetterQueue: (arn: string) => Queue | undefined;
}

export interface ReceiveOptions {
  readonly most: number;
  readonly visibilitySeconds: number;
  readonly waitSeconds: number;
  /** Aborts when whoever asks is gone: then nothing is handed out. */
  readonly gone: AbortSignal;
}

export class Queue {
  readonly tags = new Map<string, string>();
  readonly attributes = new Map<string, string>();
  private readonly messages = new Map<string, StoredMessage>();
  private readonly waiting = new Set<() => void>();

  constructor(private readonly options: QueueOptions) {}

  get name(): string {
    return this.options.name;
  }

  get arn(): string {
    return this.options.arn;
  }

  get url(): string {
    return this.options.url;
  }

  /** Messages that nobody deleted, whether they can be seen now or not. */
  all(): readonly StoredMessage[] {
    return [...this.messages.values()];
  }

  send(body: string, delaySeconds = 0): StoredMessage {
    const { newId, now } = this.options;
    const sentAt = now();
    return this.take({ id: newId(), body, sentAt, received: 0, visibleAt: sentAt.getTime() + delaySeconds * 1000 });
  }

  /** Standard queues keep no order: any of those that can be seen. Waits for the first one, as long as is asked for. */
  async receive({ most, visibilitySeconds, waitSeconds, gone }: ReceiveOptions): Promise<readonly StoredMessage[]> {
    const { now, newId } = this.options;
    const endsAt = now().getTime() + waitSeconds * 1000;
    while (!gone.aborted) {
      const received = this.shuffled(this.visible()).slice(0, most);
      if (received.length > 0)
        return received.map((message) => {
          message.handle = `${message.id} ${newId()}`;
          message.received += 1;
          message.firstReceivedAt ??= now();
          message.visibleAt = now().getTime() + visibilitySeconds * 1000;
          return message;
        });
      const left = endsAt - now().getTime();
      if (left <= 0) break;
      await this.change(left, gone);
    }
    return [];
  }

  /** By the handle of the last receipt; done as well if it is gone (DeleteMessage). False: this is no handle. */
  delete(handle: string): boolean {
    const [id = "", receipt] = handle.split(" ");
    if (receipt === undefined) return false;
    if (this.messages.get(id)?.handle === handle) this.messages.delete(id);
    return true;
  }

  /** The message of a handle while it is in flight. */
  inFlight(handle: string): StoredMessage | undefined {
    const found = this.messages.get(handle.split(" ")[0] ?? "");
    return found?.handle === handle && found.visibleAt > this.options.now().getTime() ? found : undefined;
  }

  makeVisibleAfter(message: StoredMessage, seconds: number): void {
    message.visibleAt = this.options.now().getTime() + seconds * 1000;
    this.wake();
  }

  /** Ends all waits. */
  wake(): void {
    for (const each of [...this.waiting]) each();
  }

  private take(message: StoredMessage): StoredMessage {
    this.messages.set(message.id, message);
    this.wake();
    return message;
  }

  private visible(): StoredMessage[] {
    const now = this.options.now().getTime();
    const visible = this.all().filter(({ visibleAt }) => visibleAt <= now);
    return visible.filter((message) => !this.hasMovedOn(message));
  }

  private hasMovedOn(message: StoredMessage): boolean {
    const policy = this.attributes.get("RedrivePolicy");
    if (policy === undefined) return false;
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy) as RedrivePolicy;
    const target = this.options.deadLetterQueue(deadLetterTargetArn);
    if (target === undefined || message.received < Number(maxReceiveCount)) return false;
    this.messages.delete(message.id);
    target.take(message);
    return true;
  }

  private shuffled(messages: StoredMessage[]): StoredMessage[] {
    return messages
      .map((message) => [this.options.random(), message] as const)
      .sort(([one], [other]) => one - other)
      .map(([, message]) => message);
  }

  /** Until a message comes or may be seen again, the caller is gone, or the time is over. */
  private change(leftMs: number, gone: AbortSignal): Promise<void> {
    const now = this.options.now().getTime();
    const next = Math.min(leftMs, ...this.all().map(({ visibleAt }) => visibleAt - now));
    return new Promise((done) => {
      const end = () => {
        clearTimeout(timer);
        this.waiting.delete(end);
        gone.removeEventListener("abort", end);
        done();
      };
      const timer = setTimeout(end, Math.max(1, next)).unref();
      this.waiting.add(end);
      gone.addEventListener("abort", end, { once: true });
    });
  }
}
