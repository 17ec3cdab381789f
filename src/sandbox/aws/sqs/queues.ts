/** Queues of one region. */
import { AwsError } from "../aws-error";
import { areConditionsMet, isAbout, isAllowed, listed } from "../resource-policy";
import { Queue } from "./queue";
import { setAttributes } from "./queue-attributes";
import { noSuchQueue } from "./sqs-error";

export interface QueuesOptions {
  readonly accountId: string;
  readonly region: string;
  readonly newId: () => string;
  readonly random: () => number;
  readonly now: () => Date;
}

export interface NewQueue {
  readonly name: string;
  /** What the caller reaches the service by, which the queue's URL begins with: `http://127.0.0.1:4566`. */
  readonly origin: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly tags: readonly (readonly [string, string])[];
}

/** A service of AWS that sends messages. */
export interface QueueSender {
  /** For example `events.amazonaws.com`. */
  readonly service: string;
  /** Of what it sends for: a rule. */
  readonly sourceArn: string;
}

export class Queues {
  private readonly queues = new Map<string, Queue>();

  constructor(private readonly options: QueuesOptions) {}

  /** One of the same name is answered again; with other attributes it is refused (SQS API reference, CreateQueue). */
  create({ name, origin, attributes, tags }: NewQueue): Queue {
    const { accountId, region, newId, random, now } = this.options;
    if (!/^[\w-]{1,80}$/.test(name))
      throw new AwsError(
        "InvalidParameterValue",
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
      );
    const known = this.queues.get(name);
    if (known !== undefined) {
      if (Object.entries(attributes).every(([key, value]) => known.attributes.get(key) === value)) return known;
      throw new AwsError("QueueAlreadyExists", "A queue already exists with the same name and a different value.");
    }
    const made = new Queue({
      ...{ name, arn: `arn:aws:sqs:${region}:${accountId}:${name}`, url: `${origin}/${accountId}/${name}` },
      ...{ newId, random, now, deadLetterQueue: (arn) => this.byArn(arn) },
    });
    setAttributes(made, attributes);
    for (const [key, value] of tags) made.tags.set(key, value);
    this.queues.set(name, made);
    return made;
  }

  all(): readonly Queue[] {
    return [...this.queues.values()];
  }

  /** Throws AwsError for one that is not there. */
  named(name: string): Queue {
    const found = this.queues.get(name);
    if (found === undefined) throw noSuchQueue();
    return found;
  }

  /** By its URL; what stands before the path does not count, and the account has to be the caller's. */
  byUrl(url: string): Queue {
    const [, accountId, name = ""] = /\/(\d{12})\/([\w-]+)$/.exec(url) ?? [];
    if (accountId !== this.options.accountId) throw noSuchQueue();
    return this.named(name);
  }

  byArn(arn: string): Queue | undefined {
    return this.all().find((queue) => queue.arn === arn);
  }

  delete(queue: Queue): void {
    this.queues.delete(queue.name);
    queue.wake();
  }

  /**
   * What a service of AWS sends; without the right to, nothing comes of it. EventBridge tells for which of its rules it
   * comes (EventBridge user guide, "Amazon SQS permissions").
   */
  deliver(queueArn: string, body: string, { service, sourceArn }: QueueSender): void {
    const queue = this.byArn(queueArn);
    const policy = queue?.attributes.get("Policy");
    if (queue === undefined || policy === undefined) return;
    const facts = new Map([["aws:sourcearn", sourceArn]]);
    const maySend = isAllowed(
      policy,
      (each) =>
        (each.Principal === "*" ||
          (typeof each.Principal === "object" && listed(each.Principal.Service).includes(service))) &&
        isAbout(each, "sqs:SendMessage", queueArn) &&
        areConditionsMet(each, facts),
    );
    if (maySend) queue.send(body);
  }

  /** Ends all waits. */
  close(): void {
    for (const queue of this.all()) queue.wake();
  }
}
