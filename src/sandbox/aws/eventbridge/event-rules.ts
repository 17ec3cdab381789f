/** Rules of the default event bus of one region, and where they send events (EventBridge API reference). */
import { AwsError } from "../aws-error";
import { parseEventPattern, type EventPattern, type JsonObject } from "./event-pattern";

export interface RuleSettings {
  readonly name: string;
  readonly description?: string;
  readonly eventPattern?: string;
  readonly scheduleExpression?: string;
  readonly state: string;
  readonly roleArn?: string;
}

export interface RuleTarget {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string;
  readonly input?: string;
  readonly inputPath?: string;
}

export interface EventRule {
  readonly arn: string;
  readonly tags: Map<string, string>;
  readonly targets: Map<string, RuleTarget>;
  settings: RuleSettings;
  matches: EventPattern | undefined;
}

export interface EventRulesOptions {
  readonly accountId: string;
  readonly region: string;
  readonly newId: () => string;
  /** Publishes to a topic, as EventBridge does. */
  readonly notify: (topicArn: string, message: { readonly body: string }) => void;
  /** Sends to a queue, for one of the rules. */
  readonly enqueue: (queueArn: string, body: string, ruleArn: string) => void;
}

/** What a service says of itself. */
export interface ServiceEvent {
  readonly source: string;
  readonly "detail-type": string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

const withReadOnly = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
const states = ["ENABLED", "DISABLED", withReadOnly];

/** Targets of a rule (EventBridge quotas). */
const targetQuota = 5;

export class EventRules {
  private readonly rules = new Map<string, EventRule>();

  constructor(private readonly options: EventRulesOptions) {}

  /** Makes one or sets all of one that is there; tags count at creation alone (PutRule). */
  put(settings: RuleSettings, tags: readonly (readonly [string, string])[]): EventRule {
    const { region, accountId } = this.options;
    if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(settings.name))
      invalid(
        `Value '${settings.name}' at 'name' failed to satisfy constraint: [\\.\\-_A-Za-z0-9]+, at most 64 characters`,
      );
    if (settings.eventPattern === undefined && settings.scheduleExpression === undefined)
      invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
    if (!states.includes(settings.state)) invalid(`Value '${settings.state}' at 'state' is not a state`);
    if ((settings.description ?? "").length > 512) invalid("Value at 'description' is longer than 512 characters");
    const matches = settings.eventPattern === undefined ? undefined : parseEventPattern(settings.eventPattern);
    const known = this.rules.get(settings.name);
    if (known) return Object.assign(known, { settings, matches });
    const arn = `arn:aws:events:${region}:${accountId}:rule/${settings.name}`;
    const made = { arn, tags: new Map(tags), targets: new Map<string, RuleTarget>(), settings, matches };
    this.rules.set(settings.name, made);
    return made;
  }

  all(): readonly EventRule[] {
    return [...this.rules.values()];
  }

  get(name: string): EventRule {
    const found = this.rules.get(name);
    if (found) return found;
    throw new AwsError("ResourceNotFoundException", `Rule ${name} does not exist on EventBus default.`);
  }

  byArn(arn: string): EventRule {
    const found = this.all().find((rule) => rule.arn === arn);
    if (found) return found;
    throw new AwsError("ResourceNotFoundException", `Rule ${arn} does not exist on EventBus default.`);
  }

  /** A rule that is not there is no mistake (DeleteRule); hashicorp/aws waits at the text about targets. */
  delete(name: string): void {
    if ((this.rules.get(name)?.targets.size ?? 0) > 0) invalid("Rule can't be deleted since it has targets.");
    this.rules.delete(name);
  }

  /** IDs of targets that cannot be added: there are too many. */
  putTargets(rule: EventRule, targets: readonly RuleTarget[]): readonly string[] {
    const failed: string[] = [];
    for (const target of targets) {
      if (!rule.targets.has(target.id) && rule.targets.size >= targetQuota) failed.push(target.id);
      else rule.targets.set(target.id, target);
    }
    return failed;
  }

  /**
   * Every enabled rule whose pattern matches sends the event to its topics and queues; other targets the sandbox does not
   * have. What only reads reaches none but rules that want all management events (user guide, "Receiving read-only
   * management events from AWS services").
   */
  emit(event: ServiceEvent, time: Date): void {
    const { accountId, region, newId } = this.options;
    const whole = { version: "0", id: newId(), ...event, account: accountId, time: time.toISOString(), region };
    const wanted = isReadOnly(event) ? [withReadOnly] : ["ENABLED", withReadOnly];
    for (const { arn: ruleArn, settings, matches, targets } of this.all()) {
      if (!wanted.includes(settings.state) || matches?.(whole) !== true) continue;
      for (const { arn, input } of targets.values()) {
        const body = input ?? JSON.stringify(whole);
        if (/^arn:[\w-]+:sns:/.test(arn)) this.options.notify(arn, { body });
        if (/^arn:[\w-]+:sqs:/.test(arn)) this.options.enqueue(arn, body, ruleArn);
      }
    }
  }
}

function isReadOnly({ "detail-type": type, detail }: ServiceEvent): boolean {
  return type === "AWS API Call via CloudTrail" && detail.readOnly === true;
}

function invalid(message: string): never {
  throw new AwsError("ValidationException", message);
}
